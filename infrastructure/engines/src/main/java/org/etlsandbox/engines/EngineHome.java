package org.etlsandbox.engines;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one engine: which engine it belongs to, whether its making was completed, and
 * that one JVM at a time uses it.
 *
 * <pre>
 * engine.properties   product, version, state: initialising | complete
 * owner.lock          locked by the JVM that uses the directory; the system frees it when it dies
 * data/               the server's own files
 * server.log
 * </pre>
 */
final class EngineHome implements AutoCloseable {
  private final EngineOptions options;
  private final String product;
  private final String version;
  private final FileChannel channel;
  private final FileLock lock;

  private EngineHome(
      EngineOptions options, String product, String version, FileChannel channel, FileLock lock) {
    this.options = options;
    this.product = product;
    this.version = version;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the directory for this JVM and stops a server that a killed owner left behind in it.
   *
   * @param version what can be resumed by this engine, and only by it: {@code 18}, {@code 11.4}
   * @param program the file name of the server program
   * @throws EngineStartException if it is in use, belongs to another engine or version, or is not
   *     ours at all
   */
  static EngineHome open(EngineOptions options, String product, String version, String program) {
    Path directory = options.dataDirectory();
    try {
      Directories.createPrivate(directory);
      EngineHome home = lock(options, product, version);
      try {
        home.checkOwnership();
        LeftOver.stop(home.data(), program);
        return home;
      } catch (RuntimeException e) {
        home.release();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The data directory %s cannot be used: %s".formatted(directory, e), e);
    }
  }

  private static EngineHome lock(EngineOptions options, String product, String version)
      throws IOException {
    Path file = options.dataDirectory().resolve("owner.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new EngineHome(options, product, version, channel, lock);
      }
    } catch (OverlappingFileLockException e) {
      // why: the same JVM has it, which tryLock reports in its own way
    }
    channel.close();
    throw new EngineStartException(
        "The data directory %s is in use by another running %s: stop that one first ('./etl down'), or choose another directory."
            .formatted(options.dataDirectory(), product));
  }

  private void checkOwnership() throws IOException {
    Properties found = properties();
    if (found == null) {
      if (Files.exists(data())) {
        throw new EngineStartException(
            "%s exists but was not made by EtlSandbox: choose another data directory."
                .formatted(data()));
      }
      return;
    }
    String foundProduct = found.getProperty("product");
    String foundVersion = found.getProperty("version");
    if (!product.equals(foundProduct) || !version.equals(foundVersion)) {
      throw new EngineStartException(
          "The data directory %s belongs to %s %s, this is %s %s: start over with '--fresh' (deletes the data), or choose another directory."
              .formatted(options.dataDirectory(), foundProduct, foundVersion, product, version));
    }
  }

  private @Nullable Properties properties() throws IOException {
    Path file = options.dataDirectory().resolve("engine.properties");
    if (!Files.exists(file)) {
      return null;
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return properties;
  }

  /** The server's own files. */
  Path data() {
    return options.dataDirectory().resolve("data");
  }

  /** A file next to the server's own. */
  Path file(String name) {
    return options.dataDirectory().resolve(name);
  }

  /** Runs {@code making} unless it once ran to its end here; half-made files are deleted first. */
  void makeOnce(Making making) {
    try {
      Properties found = properties();
      if (found != null && "complete".equals(found.getProperty("state"))) {
        return;
      }
      mark("initialising");
      Directories.delete(data());
      making.make();
      mark("complete");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Could not make a %s data directory in %s: %s"
              .formatted(product, options.dataDirectory(), e),
          e);
    }
  }

  /** What makes the server's own files. */
  interface Making {
    void make() throws IOException;
  }

  private void mark(String state) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("product", product);
    properties.setProperty("version", version);
    properties.setProperty("state", state);
    Path written = file("engine.properties.new");
    try (Writer out = Files.newBufferedWriter(written)) {
      properties.store(out, "Made by EtlSandbox");
    }
    Files.move(written, file("engine.properties"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void release() throws IOException {
    lock.release();
    channel.close();
  }

  /** Gives the directory free; deletes it if it is temporary. Idempotent. */
  @Override
  public void close() {
    try {
      if (channel.isOpen()) {
        release();
      }
      if (options.ephemeral()) {
        Directories.delete(options.dataDirectory());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Could not give up the data directory %s: %s".formatted(options.dataDirectory(), e), e);
    }
  }
}
