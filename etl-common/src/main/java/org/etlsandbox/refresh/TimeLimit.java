package org.etlsandbox.refresh;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that opened it when it is not closed in time.
 *
 * <p>A time-out of a socket bounds how long a thread reads. Nothing bounds how long it writes to a
 * server that has stopped to read: that thread would be stuck for ever. A virtual thread that is
 * interrupted there has its socket closed, and the write fails.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/Socket.html">Socket</a>
 */
final class TimeLimit implements AutoCloseable {

  private static final ScheduledExecutorService CLOCK = clock();

  private final Thread thread = Thread.currentThread();
  private final ScheduledFuture<?> alarm;
  private boolean over;
  private boolean rang;

  TimeLimit(Duration limit) {
    this.alarm = CLOCK.schedule(this::ring, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void ring() {
    if (!over) {
      rang = true;
      thread.interrupt();
    }
  }

  /** Whether the thread was interrupted for being late. */
  synchronized boolean exceeded() {
    return rang;
  }

  @Override
  public synchronized void close() {
    over = true;
    alarm.cancel(false);
    if (rang) {
      Thread.interrupted(); // our own: it is not to end what the thread does next
    }
  }

  private static ScheduledExecutorService clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("etl-time-limit").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}
