package org.etlsandbox.worker;

import org.etlsandbox.sweep.Sweep;

/** When a sweep may go on: its rest between two ways, its speed on the way. For one thread. */
final class SweepPace {
  private static final long NANOS = 1_000_000_000L;

  private final EtlProperties.Sweep options;
  private long next;

  /** The first sweep may begin at once. */
  SweepPace(EtlProperties.Sweep options, long nowNanos) {
    this.options = options;
    this.next = nowNanos;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - next >= 0;
  }

  /** From when on it is due, as {@link System#nanoTime} counts. */
  long next() {
    return next;
  }

  /** Takes account of a slice that began then and ends now. */
  void compared(Sweep.Slice slice, long beganNanos, long nowNanos) {
    if (slice.last()) {
      next = nowNanos + options.interval().toNanos();
    } else if (options.maxRowsPerSecond() > 0) {
      next = beganNanos + slice.compared() * NANOS / options.maxRowsPerSecond();
    }
  }
}
