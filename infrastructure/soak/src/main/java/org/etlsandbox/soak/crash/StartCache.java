package org.etlsandbox.soak.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * Lets the many starts of a worker take less than half the time: the first process of each worker
 * writes an AOT cache when it is stopped, the others read it.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514</a>
 */
final class StartCache {

  private StartCache() {}

  /** The option of the JVM: to read the cache where there is a fresh one. */
  static List<String> option(Target target, Path directory) {
    Path cache = file(target, directory);
    return isFresh(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /** Whether a process would write a cache that is missing: not with directories as class path. */
  static boolean isMissing(Target target, Path directory) {
    return Arrays.stream(classPath()).allMatch(entry -> entry.endsWith(".jar"))
        && !isFresh(file(target, directory));
  }

  /** Makes the JVM write the cache when it is stopped; {@link #adopt} puts it in its place. */
  static List<String> training(Target target, Path directory) {
    return List.of("-XX:AOTCacheOutput=" + unfinished(target, directory));
  }

  /** To be called when the process that wrote the cache has ended by itself. */
  static void adopt(Target target, Path directory) {
    try {
      if (Files.exists(unfinished(target, directory))) {
        Files.move(
            unfinished(target, directory),
            file(target, directory),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path unfinished(Target target, Path directory) {
    return directory.resolve(target.key() + "-unfinished.aot");
  }

  private static Path file(Target target, Path directory) {
    return directory.resolve(target.key() + ".aot");
  }

  private static boolean isFresh(Path cache) {
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
