package org.etlsandbox.jupiter;

import java.time.Duration;

/**
 * What reading the small tables takes: as long as the last time. One for all snapshots of a source;
 * thread-safe.
 */
final class DimensionsCost {

  /** Before the first time. */
  private static final Duration FIRST_GUESS = Duration.ofMillis(200);

  private volatile long nanos = FIRST_GUESS.toNanos();

  long nanos() {
    return nanos;
  }

  void measured(long taken) {
    nanos = taken;
  }
}
