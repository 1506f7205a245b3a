package org.etlsandbox.jupiter;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
 *
 * <p>While the server's answer about transactions cannot be trusted, its answer about statements
 * can. A transaction whose start it tells to be after such a look, and on whose connection nothing
 * ran then, wrote nothing before that look: from its first statement's begin to its own start it
 * would have been seen running.
 */
final class SettledBound {

  /** The server tells for how long a statement has run in whole seconds. */
  private static final Duration GRAIN = Duration.ofSeconds(1);

  /**
   * Between the moment that becomes a statement's {@code last_update} and the moment from which it
   * is seen running lie microseconds; this is what they may become on a machine out of breath.
   */
  private static final Duration MARGIN = Duration.ofMillis(250);

  /** Enough for a minute of a stale answer; of the earlier ones nothing is needed after that. */
  private static final int MAX_LOOKS = 100;

  private final Duration maxHold;

  /** What the previous poll did not see began after this moment; null before the first. */
  private @Nullable Instant seenUpTo;

  private Set<Long> previouslyRunning = Set.of();
  private Map<Long, Instant> previouslyUnclaimed = Map.of();
  private Map<String, Bound> bounds = Map.of();

  /** Since the previous poll that could be trusted, in the order of time. */
  private final Deque<Look> looks = new ArrayDeque<>();

  SettledBound(Duration maxHold) {
    this.maxHold = maxHold;
  }

  /**
   * @param now Jupiter's clock, read before the rest, in microseconds
   * @param lookedBy when the statements had been asked for, by Jupiter's clock; not before {@code
   *     now}
   * @param running statements of others
   * @param open transactions of others that may write, or null when the server's answer cannot be
   *     trusted this time
   */
  Settled observe(
      Instant now,
      Instant lookedBy,
      List<RunningStatement> running,
      @Nullable List<OpenTransaction> open) {
    Map<Long, RunningStatement> ofConnections = new HashMap<>();
    for (RunningStatement statement : running) {
      ofConnections.merge(
          statement.connectionId(), notBeforeThePreviousPoll(statement), RunningStatement::or);
    }
    if (open == null) {
      remember(now, lookedBy, ofConnections.values());
      return new Settled(
          now,
          null,
          Duration.ZERO,
          "information_schema.innodb_trx is stale: somebody reads it more than ten times a second; or, on MySQL 9,"
              + " it fails at a statement with a character of four bytes");
    }
    Map<String, Bound> known = new HashMap<>();
    for (OpenTransaction transaction : open) {
      Bound bound = bounds.get(transaction.identity());
      known.put(transaction.identity(), bound != null ? bound : firstBound(transaction, now));
    }
    Settled settled = settled(now, ofConnections.values(), known.values());
    previouslyUnclaimed = unclaimed(ofConnections.values(), known.values());
    previouslyRunning = Set.copyOf(ofConnections.keySet());
    bounds = known;
    seenUpTo = now.minus(MARGIN);
    looks.clear();
    return settled;
  }

  private void remember(Instant now, Instant lookedBy, Collection<RunningStatement> running) {
    if (looks.size() == MAX_LOOKS) {
      looks.removeFirst();
    }
    looks.addLast(
        new Look(
            now.minus(MARGIN),
            lookedBy,
            running.stream()
                .collect(
                    Collectors.toMap(RunningStatement::connectionId, RunningStatement::started))));
  }

  /** A connection on which nothing ran then has begun its statement since. */
  private RunningStatement notBeforeThePreviousPoll(RunningStatement statement) {
    Instant started = statement.started().minus(GRAIN);
    if (seenUpTo == null || previouslyRunning.contains(statement.connectionId())) {
      return new RunningStatement(statement.connectionId(), started, statement.startedBy());
    }
    return new RunningStatement(
        statement.connectionId(),
        started.isBefore(seenUpTo) ? seenUpTo : started,
        statement.startedBy());
  }

  /**
   * Of the running statements those that may be the first of a transaction that nobody has seen
   * yet: on their connection none is open, nor was one at the previous poll if they ran then
   * already.
   */
  private Map<Long, Instant> unclaimed(
      Collection<RunningStatement> running, Collection<Bound> open) {
    Set<Long> inTransaction = connections(open);
    Set<Long> wereInTransaction = connections(bounds.values());
    Map<Long, Instant> unclaimed = new HashMap<>();
    for (RunningStatement statement : running) {
      boolean ranThen = seenUpTo != null && !statement.startedBy().isAfter(seenUpTo);
      if (!inTransaction.contains(statement.connectionId())
          && !(ranThen && wereInTransaction.contains(statement.connectionId()))) {
        unclaimed.put(statement.connectionId(), statement.started());
      }
    }
    return unclaimed;
  }

  private static Set<Long> connections(Collection<Bound> bounds) {
    return bounds.stream().map(Bound::connectionId).collect(Collectors.toSet());
  }

  private Bound firstBound(OpenTransaction transaction, Instant now) {
    Instant notBefore = seenUpTo;
    if (notBefore == null) {
      // Open since before we first looked: what it wrote, and when, nobody can tell
      return new Bound(null, transaction.connectionId(), now);
    }
    Instant start = earlier(transaction.started().minus(MARGIN), notBefore);
    if (transaction.connectionId() == OpenTransaction.NO_CONNECTION) {
      return detached(start, now);
    }
    Instant seenRunning = previouslyUnclaimed.get(transaction.connectionId());
    Instant at = seenRunning == null ? start : earlier(start, seenRunning);
    for (Look look : looks) {
      if (!look.by().isAfter(transaction.started())) {
        Instant notBeforeThat =
            look.running().getOrDefault(transaction.connectionId(), look.from());
        at = notBeforeThat.isAfter(at) ? notBeforeThat : at;
      }
    }
    return new Bound(at, transaction.connectionId(), now);
  }

  /**
   * Once prepared, an XA transaction no longer tells whose it was: it may be any that the previous
   * poll saw on a connection.
   */
  private Bound detached(Instant start, Instant now) {
    Instant earliest = start;
    for (Instant statement : previouslyUnclaimed.values()) {
      earliest = earlier(earliest, statement);
    }
    for (Bound previous : bounds.values()) {
      if (previous.connectionId() == OpenTransaction.NO_CONNECTION) {
        continue; // that one keeps its identity
      }
      if (previous.at() == null) {
        return new Bound(null, OpenTransaction.NO_CONNECTION, previous.firstSeen());
      }
      earliest = earlier(earliest, previous.at());
    }
    return new Bound(earliest, OpenTransaction.NO_CONNECTION, now);
  }

  private Settled settled(
      Instant now, Collection<RunningStatement> running, Collection<Bound> open) {
    Instant settled = wholeSeconds(now.minus(MARGIN));
    Instant oldest = now;
    String reason = null;
    String givenUp = null;
    for (RunningStatement statement : running) {
      Instant since = statement.started().plus(GRAIN);
      if (since.isBefore(oldest)) {
        oldest = since;
        reason = "a statement that runs on connection " + statement.connectionId();
      }
      settled = earlier(settled, wholeSeconds(statement.started()));
    }
    boolean unknown = false;
    for (Bound bound : open) {
      Instant since = bound.at() == null ? bound.firstSeen() : bound.at();
      if (Duration.between(since, now).minus(MARGIN).compareTo(maxHold) > 0) {
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
      settled = earlier(settled, wholeSeconds(bound.at()));
    }
    Duration heldFor = Duration.between(oldest, now).truncatedTo(ChronoUnit.SECONDS);
    return new Settled(now, unknown ? null : settled, heldFor, both(reason, givenUp));
  }

  /** As {@code last_update} is cut: what a statement writes that begins then. */
  private static Instant wholeSeconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
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
   * Which statements ran at some moment between two others.
   *
   * @param from not after that moment
   * @param by not before it
   * @param running by connection, not after the statement's begin
   */
  private record Look(Instant from, Instant by, Map<Long, Instant> running) {}

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
