package org.etlsandbox.worker;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits that end at once when the worker is stopped. */
final class Pause {

  private static final Duration RETRY = Duration.ofSeconds(1);

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

  void forAttempt(Duration pause) {
    await(pause.toMillis());
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
