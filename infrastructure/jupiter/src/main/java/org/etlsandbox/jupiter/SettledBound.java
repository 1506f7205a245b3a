package org.etlsandbox.jupiter;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.source.Settled;
import org.jspecify.annotations.Nullable;

/**
 * Decides from what was running and open on Jupiter up to which moment everything has been
 * committed. Knows no database: it is told what was seen, and remembers it from one poll to the
 * next.
 *
 * <p>{@code last_update} is the time at which a <em>statement</em> began, and it appears only when
 * the transaction commits. So nothing that is older than every running statement and every
 * statement of an open transaction can still appear. The server does not tell when the first
 * statement of a transaction began ({@code trx_started} is later for a statement that first waited
 * for a metadata lock); but a transaction that the previous poll did not see wrote nothing before
 * that poll, unless its statement was already running then. A statement that was running while
 * another transaction was open on its connection belongs to that one: after a long wait for a row
 * lock it does not hold back what its connection does next.
 */
final class SettledBound {

  /** {@code last_update} and all the server's starts are cut to whole seconds. */
  private static final Duration GRAIN = Duration.ofSeconds(1);

  private final Duration maxHold;
  private @Nullable Instant previousNow;
  private Map<Long, Instant> previouslyRunning = Map.of();
  private Map<String, Bound> bounds = Map.of();

  SettledBound(Duration maxHold) {
    this.maxHold = maxHold;
  }

  /**
   * @param now Jupiter's clock, read before the rest
   * @param running statements of others
   * @param open transactions of others that may write, or null when the server's answer cannot be
   *     trusted this time
   */
  Settled observe(
      Instant now, List<RunningStatement> running, @Nullable List<OpenTransaction> open) {
    if (open == null) {
      return new Settled(
          now,
          null,
          Duration.ZERO,
          "information_schema.innodb_trx is stale: somebody reads it more than ten times a second");
    }
    Map<String, Bound> known = new HashMap<>();
    for (OpenTransaction transaction : open) {
      Bound bound = bounds.get(transaction.identity());
      known.put(transaction.identity(), bound != null ? bound : firstBound(transaction, now));
    }
    Map<Long, Instant> nowRunning = new HashMap<>();
    for (RunningStatement statement : running) {
      nowRunning.merge(statement.connectionId(), statement.started(), SettledBound::earlier);
    }
    bounds = known;
    previouslyRunning = nowRunning;
    previousNow = now;
    return settled(now);
  }

  private Bound firstBound(OpenTransaction transaction, Instant now) {
    Instant lastPoll = previousNow;
    if (lastPoll == null) {
      // Open since before we first looked: what it wrote, and when, nobody can tell
      return new Bound(null, transaction.connectionId(), now);
    }
    Instant start = earlier(transaction.started(), lastPoll);
    if (transaction.connectionId() == OpenTransaction.NO_CONNECTION) {
      return detached(start, now);
    }
    Instant seenRunning =
        wasInTransaction(transaction.connectionId())
            ? null
            : previouslyRunning.get(transaction.connectionId());
    return new Bound(
        seenRunning == null ? start : earlier(start, seenRunning), transaction.connectionId(), now);
  }

  /** Whether the previous poll saw a transaction on this connection. */
  private boolean wasInTransaction(long connectionId) {
    return bounds.values().stream().anyMatch(bound -> bound.connectionId() == connectionId);
  }

  /**
   * Once prepared, an XA transaction no longer tells whose it was: it may be any that the previous
   * poll saw.
   */
  private Bound detached(Instant start, Instant now) {
    Instant earliest = start;
    for (Instant statement : previouslyRunning.values()) {
      earliest = earlier(earliest, statement);
    }
    for (Bound previous : bounds.values()) {
      if (previous.at() == null) {
        return new Bound(null, OpenTransaction.NO_CONNECTION, previous.firstSeen());
      }
      earliest = earlier(earliest, previous.at());
    }
    return new Bound(earliest, OpenTransaction.NO_CONNECTION, now);
  }

  private Settled settled(Instant now) {
    Instant settled = now.minus(GRAIN);
    Instant oldest = now;
    String reason = null;
    String givenUp = null;
    for (Map.Entry<Long, Instant> statement : previouslyRunning.entrySet()) {
      if (statement.getValue().isBefore(oldest)) {
        oldest = statement.getValue();
        reason = "a statement that runs on connection " + statement.getKey();
      }
      settled = earlier(settled, statement.getValue().minus(GRAIN));
    }
    boolean unknown = false;
    for (Bound bound : bounds.values()) {
      Instant since = bound.at() == null ? bound.firstSeen() : bound.at();
      if (Duration.between(since, now).compareTo(maxHold) > 0) {
        givenUp =
            "a transaction %s, open for over %d s (etl.poll.max-hold), is no longer waited for: what it may still change is left to a later comparison"
                .formatted(bound.whose(), maxHold.toSeconds());
        continue;
      }
      if (bound.at() == null) {
        unknown = true;
        reason = "a transaction %s that was open before this worker began".formatted(bound.whose());
        oldest = earlier(oldest, since);
        continue;
      }
      if (bound.at().isBefore(oldest)) {
        oldest = bound.at();
        reason = "an open transaction " + bound.whose();
      }
      settled = earlier(settled, bound.at().minus(GRAIN));
    }
    return new Settled(
        now, unknown ? null : settled, Duration.between(oldest, now), both(reason, givenUp));
  }

  private static @Nullable String both(@Nullable String reason, @Nullable String givenUp) {
    if (reason == null) {
      return givenUp;
    }
    return givenUp == null ? reason : reason + "; " + givenUp;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * @param at no statement of the transaction began before this moment; null when not known
   * @param firstSeen when a poll first saw it
   */
  private record Bound(@Nullable Instant at, long connectionId, Instant firstSeen) {

    String whose() {
      return connectionId == OpenTransaction.NO_CONNECTION
          ? "left prepared (XA RECOVER lists it)"
          : "on connection " + connectionId;
    }
  }
}
