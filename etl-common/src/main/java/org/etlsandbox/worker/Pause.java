package org.etlsandbox.worker;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits that end at once when the worker is stopped. */
final class Pause {

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

  private final CountDownLatch stop = new CountDownLatch(1);

  void stop() {
    stop.countDown();
  }

  boolean isStopping() {
    return stop.getCount() == 0;
  }

  /** When to poll again, with jitter: four workers must not ask at the same moment every time. */
  static long nextPoll(Duration interval) {
    double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
    return System.nanoTime() + (long) (interval.toNanos() * jitter);
  }

  /**
   * @param moment as {@link System#nanoTime} counts
   */
  void until(long moment) {
    await(Math.max(0, Math.ceilDiv(moment - System.nanoTime(), 1_000_000L)));
  }

  void forRetry() {
    await(RETRY.toMillis());
  }

  /**
   * @param failures how many attempts in a row have failed, 1 or more
   */
  void backOff(int failures) {
    long ceiling =
        Math.min(MAX_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << Math.min(failures - 1, 10));
    await(ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2));
  }

  private void await(long millis) {
    boolean stopped;
    try {
      stopped = stop.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
    if (stopped) {
      throw new CancellationException("The worker is being stopped");
    }
  }
}
