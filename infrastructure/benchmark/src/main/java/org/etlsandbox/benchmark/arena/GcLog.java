package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM's log of its collections ({@code -Xlog:gc}) says about its heap. */
final class GcLog {

  // [1.234s][info][gc] GC(3) Pause Young (Allocation Failure) 68M->2M(247M) 3.211ms
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");

  private static final long MEGABYTE = 1024 * 1024;

  private GcLog() {}

  /** The JVM option that writes it, anew. */
  static String option(Path file) {
    return "-Xlog:gc:file=" + file + "::filecount=0";
  }

  /** Bytes in use when the heap was fullest: before a collection. 0 where there was none. */
  static long peak(Path file) throws IOException {
    return peak(Files.readAllLines(file));
  }

  static long peak(List<String> lines) {
    long peak = 0;
    for (String line : lines) {
      Matcher collection = COLLECTION.matcher(line);
      if (collection.find()) {
        peak = Math.max(peak, Long.parseLong(collection.group(1)) * MEGABYTE);
      }
    }
    return peak;
  }
}
