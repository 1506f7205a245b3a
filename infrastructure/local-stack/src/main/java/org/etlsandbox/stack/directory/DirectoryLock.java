package org.etlsandbox.stack.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** A lock in the data directory; the system frees it when its holder dies, however it dies. */
public final class DirectoryLock implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final FileChannel channel;
  private final FileLock lock;

  private DirectoryLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Held by a command while it decides what to do and starts or stops the supervisor. */
  public static Optional<DirectoryLock> forCommand(DataDirectory directory, Duration patience)
      throws InterruptedException {
    return take(directory.run().resolve("command.lock"), patience);
  }

  /** Held by the supervisor as long as it lives. */
  public static Optional<DirectoryLock> forSupervisor(DataDirectory directory, Duration patience)
      throws InterruptedException {
    return take(directory.run().resolve("supervisor.lock"), patience);
  }

  private static Optional<DirectoryLock> take(Path file, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      while (true) {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return Optional.of(new DirectoryLock(channel, lock));
        }
        if (System.nanoTime() >= deadline) {
          channel.close();
          return Optional.empty();
        }
        Thread.sleep(PAUSE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not lock %s: %s".formatted(file, e), e);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
