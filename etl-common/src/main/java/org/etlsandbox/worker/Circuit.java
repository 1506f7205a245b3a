package org.etlsandbox.worker;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether the worker's sessions work, and when the next one is tried after a failure: later after
 * each, up to a ceiling, half of it by chance, so that workers that failed together do not come
 * back together. Thread-safe.
 */
public final class Circuit {

  /** In the words of every circuit breaker. */
  public enum State {
    /** The last session works, or none has failed yet. */
    CLOSED,
    /** The last session has failed; nothing is tried before the next attempt. */
    OPEN,
    /** An attempt is under way and has neither failed nor done anything yet. */
    HALF_OPEN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param since how long it has been in this state
   * @param failures sessions that failed in a row; 0 when closed
   * @param nextAttempt null unless open, and when nothing is tried any more
   */
  public record View(State state, Duration since, int failures, @Nullable Duration nextAttempt) {}

  private final EtlProperties.Retry retry;
  private State state = State.CLOSED;
  private long changed = System.nanoTime();
  private long next; // nanoTime; only of account when open
  private boolean givenUp;
  private int failures;

  Circuit(EtlProperties.Retry retry) {
    this.retry = retry;
  }

  synchronized void attempt() {
    if (state == State.OPEN) {
      become(State.HALF_OPEN);
    }
  }

  synchronized void succeeded() {
    if (state != State.CLOSED) {
      become(State.CLOSED);
    }
  }

  /** How long to wait before the next attempt. */
  synchronized Duration failed() {
    boolean fresh = state == State.CLOSED && inState().compareTo(retry.max()) >= 0;
    // A session that had worked for a while ended by something new; one that had not, flaps
    failures = fresh ? 1 : failures + 1;
    long initial = retry.initial().toMillis();
    long ceiling = Math.min(retry.max().toMillis(), initial << Math.min(failures - 1, 16));
    long pause = ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
    become(State.OPEN);
    next = changed + pause * 1_000_000;
    return Duration.ofMillis(pause);
  }

  /** After a permanent error, nothing is tried any more. */
  synchronized void gaveUp() {
    failures++;
    givenUp = true;
    become(State.OPEN);
  }

  public synchronized View view() {
    boolean waits = state == State.OPEN && !givenUp;
    long left = Math.max(0, next - System.nanoTime());
    return new View(
        state,
        inState(),
        state == State.CLOSED ? 0 : failures,
        waits ? Duration.ofNanos(left) : null);
  }

  private Duration inState() {
    return Duration.ofNanos(System.nanoTime() - changed);
  }

  private void become(State now) {
    state = now;
    changed = System.nanoTime();
  }
}
