package org.etlsandbox.soak.commits;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the writers themselves know of their transactions: each from before its first statement was
 * sent until its end had returned. By this machine's clock, which is Jupiter's, too. Thread-safe.
 */
final class OpenTransactions {

  /** A transaction; closing it says that it has ended. */
  final class Open implements AutoCloseable {
    private final long started = System.currentTimeMillis();
    private final long countsFrom = Math.min(started, hiddenSince);
    private volatile long ended;

    long started() {
      return started;
    }

    @Override
    public void close() {
      ended = System.currentTimeMillis();
      longest.accumulateAndGet(ended - countsFrom, Math::max);
      justEnded.add(this);
      open.remove(this);
    }
  }

  private final Set<Open> open = ConcurrentHashMap.newKeySet();
  private final Queue<Open> justEnded = new ConcurrentLinkedQueue<>();
  private final AtomicLong longest = new AtomicLong();
  private volatile long hiddenSince = Long.MAX_VALUE;
  private int hiding;

  Open begin() {
    Open begun = new Open();
    open.add(begun);
    return begun;
  }

  /**
   * From now on, until that is closed, the workers can tell neither what begins nor what ends: the
   * one counts from here, the other until then, and so does the time itself. Where such times
   * overlap they are one.
   */
  synchronized Hidden hidden() {
    if (hiding++ == 0) {
      hiddenSince = System.currentTimeMillis();
    }
    return new Hidden(begin());
  }

  private synchronized void shown() {
    if (--hiding == 0) {
      long now = System.currentTimeMillis();
      justEnded.forEach(one -> one.ended = now);
      hiddenSince = Long.MAX_VALUE;
    }
  }

  /** A time in which workers see nothing; closing it says that they see again. */
  final class Hidden implements AutoCloseable {
    private final Open time;

    private Hidden(Open time) {
      this.time = time;
    }

    @Override
    public void close() {
      time.close();
      shown();
    }
  }

  /**
   * When the oldest began of those that are open, or were at some moment since {@code since}; both
   * in milliseconds of the epoch. {@code now} when there is none.
   */
  long oldest(long now, long since) {
    long oldest = now;
    for (Open one : open) { // before those that have ended: what ends in between is among these
      oldest = Math.min(oldest, one.countsFrom);
    }
    if (hiddenSince == Long.MAX_VALUE) {
      justEnded.removeIf(one -> one.ended < since);
    }
    for (Open one : justEnded) {
      oldest = Math.min(oldest, one.countsFrom);
    }
    return oldest;
  }

  /** The longest that has ended, in milliseconds. */
  long longestMillis() {
    return longest.get();
  }
}
