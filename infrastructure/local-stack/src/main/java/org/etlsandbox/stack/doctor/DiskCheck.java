package org.etlsandbox.stack.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Room for the data directory and for the cache of fetched engines. */
final class DiskCheck implements Check {

  private static final long MB = 1_000_000;

  /** Six fresh engines with 16,000 rentals take about 600 MB, most of it logs allocated ahead. */
  private static final long DATA_NEEDED = 1_000 * MB;

  private static final long DATA_COMFORTABLE = 3_000 * MB;

  private final Path dataDir;
  private final Path cache;

  DiskCheck(Path dataDir, Path cache) {
    this.dataDir = dataDir;
    this.cache = cache;
  }

  @Override
  public List<Finding> run() {
    long cacheNeeded = ChdbLibrary.in(cache).isComplete() ? 0 : ChdbLibrary.FETCH_BYTES;
    return List.of(
        room("disk data", dataDir, DATA_NEEDED, DATA_COMFORTABLE, "--data-dir"),
        room("disk cache", cache, cacheNeeded, cacheNeeded, "ETL_CACHE"));
  }

  static Finding room(String subject, Path path, long needed, long comfortable, String option) {
    Path there = existing(path);
    if (there == null || !Files.isDirectory(there)) {
      return Finding.fail(
          subject, path + " cannot be a directory", "choose another with " + option);
    }
    if (!Files.isWritable(there)) {
      return Finding.fail(
          subject, there + " is not writable", "choose another directory with " + option);
    }
    long free;
    try {
      free = Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return Finding.fail(
          subject, "cannot tell the free space of " + there, "choose another with " + option);
    }
    String seen = "%,d MB free for %s".formatted(free / MB, path);
    if (free < needed) {
      return Finding.fail(
          subject,
          seen + ", needed %,d MB".formatted(needed / MB),
          "free some, or choose another directory with " + option);
    }
    if (free < comfortable) {
      return Finding.warn(
          subject,
          seen + ", enough for the default data only",
          "free some, or choose another directory with " + option);
    }
    return Finding.ok(subject, seen);
  }

  private static @Nullable Path existing(Path path) {
    Path at = path.toAbsolutePath();
    while (at != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at;
  }
}
