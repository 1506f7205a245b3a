package org.etlsandbox.jvm;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * Lets services start in half the time: one process writes an AOT cache when it is stopped, others
 * with the same class path read it. Without a cache, or with one that does not fit, they start as
 * they would anyway.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514</a>
 */
public final class StartCache {

  private final Path cache;
  private final Path unfinished;

  /**
   * @param directory where the cache is kept, about 90 MB
   * @param name one for each cache in the directory
   */
  public StartCache(Path directory, String name) {
    // The JVM ignores a relative one
    Path absolute = directory.toAbsolutePath();
    this.cache = absolute.resolve(name + ".aot");
    this.unfinished = absolute.resolve(name + "-unfinished.aot");
  }

  /** The option of the JVM: to read the cache where there is a fresh one. */
  public List<String> option() {
    return isFresh() ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /** Whether a process would write a cache that is missing: not with directories as class path. */
  public boolean isMissing() {
    return Arrays.stream(classPath()).allMatch(entry -> entry.endsWith(".jar")) && !isFresh();
  }

  /** Makes the JVM write the cache when it is stopped; {@link #adopt} puts it in its place. */
  public List<String> training() {
    // It warns of every class that cannot be kept
    return List.of("-XX:AOTCacheOutput=" + unfinished, "-Xlog:aot=error");
  }

  /** To be called when the process that wrote the cache has ended by itself. */
  public void adopt() {
    try {
      if (Files.exists(unfinished)) {
        Files.move(unfinished, cache, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not older than any jar of the class path. */
  private boolean isFresh() {
    try {
      if (!Files.exists(cache)) {
        return false;
      }
      for (String entry : classPath()) {
        if (Files.getLastModifiedTime(Path.of(entry)).compareTo(Files.getLastModifiedTime(cache))
            > 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] classPath() {
    return System.getProperty("java.class.path").split(File.pathSeparator, -1);
  }
}
