package org.etlsandbox.source;

import java.time.Duration;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;

/**
 * Bounds how many rows a worker reads from its source: on average no more than so many a second,
 * and no more than a second's worth ahead of that. Whoever has read rows says so, and waits until
 * they are paid for. Thread-safe; one for all readers of a worker.
 */
public final class ReadRate {

  private static final long BURST = Duration.ofSeconds(1).toNanos();

  private final int rowsPerSecond;
  private long paidUntil; // nanoTime

  /**
   * @param rowsPerSecond 0: no limit
   */
  public ReadRate(int rowsPerSecond) {
    this.rowsPerSecond = rowsPerSecond;
    this.paidUntil = System.nanoTime();
  }

  /** Reads as fast as it can. */
  public static ReadRate unlimited() {
    return new ReadRate(0);
  }

  /** Whether there is a limit at all. */
  public boolean isLimited() {
    return rowsPerSecond > 0;
  }

  /**
   * To be called with the rows of each page, or now and then within a stream: often enough that a
   * wait stays below the time after which the server takes a silent reader for dead (60 s). Not
   * where a destination waits for the rows: its write would be broken off.
   *
   * @throws StoreException when the thread is interrupted while it waits
   */
  public void rowsRead(long rows) {
    long wait = rowsPerSecond == 0 ? 0 : waitFor(rows, System.nanoTime());
    if (wait > 0) {
      try {
        Thread.sleep(Duration.ofNanos(wait));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException(
            Kind.UNAVAILABLE, "Interrupted while waiting for its share of the source", e);
      }
    }
  }

  /** How long to wait, in nanoseconds, now that these rows are read. */
  synchronized long waitFor(long rows, long nowNanos) {
    if (paidUntil - nowNanos < 0) {
      paidUntil = nowNanos;
    }
    paidUntil += rows * 1_000_000_000L / rowsPerSecond;
    return Math.max(0, paidUntil - nowNanos - BURST);
  }
}
