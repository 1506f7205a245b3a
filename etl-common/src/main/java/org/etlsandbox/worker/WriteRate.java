package org.etlsandbox.worker;

import java.time.Duration;

/** Rows written per second over the last ten seconds. Thread-safe. */
final class WriteRate {

  private static final int SECONDS = 10;

  private final long[] counts = new long[SECONDS];
  private final long origin = System.nanoTime();
  private long current;

  synchronized void add(long rows) {
    counts[slot()] += rows;
  }

  synchronized double perSecond() {
    slot();
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum / (double) Math.clamp(current + 1, 1, SECONDS);
  }

  /** Clears the seconds that have passed without a row. */
  private int slot() {
    long second = Duration.ofNanos(System.nanoTime() - origin).toSeconds();
    for (long cleared = Math.max(current + 1, second - SECONDS + 1); cleared <= second; cleared++) {
      counts[(int) (cleared % SECONDS)] = 0;
    }
    current = second;
    return (int) (second % SECONDS);
  }
}
