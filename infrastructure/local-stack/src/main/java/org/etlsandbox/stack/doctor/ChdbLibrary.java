package org.etlsandbox.stack.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ClickHouse engine in the cache, as {@code ./etl fetch clickhouse} leaves it. */
record ChdbLibrary(Path path) {

  static final String VERSION = "26.7.3-stable.1";
  static final long BYTES = 566_330_096;

  /** The package twice (npm's copy and ours) and the unpacked library. */
  static final long FETCH_BYTES = 2 * 177_817_999L + BYTES;

  static ChdbLibrary in(Path cache) {
    return new ChdbLibrary(cache.resolve("chdb").resolve(VERSION).resolve("libchdb.so"));
  }

  boolean isComplete() {
    return bytes() == BYTES;
  }

  /** Size of the file; 0 if there is none. */
  long bytes() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }
}
