package org.etlsandbox.change;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.control.Checkpoints;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.refresh.ScopeSource;
import org.etlsandbox.source.Settled;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.trace.Step;
import org.etlsandbox.trace.Traces;
import org.jspecify.annotations.Nullable;

/**
 * Polls Jupiter for one destination. Each poll refreshes everything that changed since the
 * watermarks, then moves them to the moment before which nothing can still appear.
 *
 * <p>The changed rows, the rentals they concern and the flats are read through one snapshot, so the
 * memory of what was refreshed is exact. For one thread, used while one lease is held.
 */
public final class ChangeFeed {

  /** A table without an index is read whole; it may take a tenth of the time at most. */
  private static final int SCAN_REST = 10;

  /** Whole seconds, and the time that passes between two questions. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private final Source source;
  private final SettledClock clock;
  private final Destination destination;
  private final Checkpoints checkpoints;
  private final Set<SourceTable> indexed;
  private final PollOptions options;
  private final long epoch;
  private final Traces traces;
  private final ChangeMemory memory;
  private final Map<SourceTable, Long> restUntil = new EnumMap<>(SourceTable.class);
  private final Map<SourceTable, Instant> watermarks;
  private @Nullable Settled known;
  private long askedAt; // nanoTime; of account only when something is known

  /**
   * @param clock has watched Jupiter since before the watermarks were last moved, or is fresh
   * @param indexed the tables that are polled through an index
   */
  public ChangeFeed(
      Source source,
      SettledClock clock,
      Destination destination,
      Checkpoints checkpoints,
      Set<SourceTable> indexed,
      PollOptions options,
      long epoch,
      Traces traces) {
    this.source = source;
    this.clock = clock;
    this.destination = destination;
    this.checkpoints = checkpoints;
    this.indexed = Set.copyOf(indexed);
    this.options = options;
    this.epoch = epoch;
    this.traces = traces;
    this.memory = new ChangeMemory(options.memory());
    this.watermarks = checkpoints.read();
  }

  /** One poll. When it fails, nothing has moved and the next one does it all again. */
  public PollResult poll(ChangeRefresh refresh) {
    Boundary.POLL_BEGUN.reached();
    Step settling = traces.begin("settle");
    Settled settled = settling.of(this::settled);
    Step asking = traces.begin("ask");
    Map<SourceTable, Instant> due = due();
    Set<SourceTable> changed = asking.of(() -> source.changedSince(due));
    Step refreshing = traces.begin("refresh");
    boolean moved = refreshing.of(() -> refresh(changed, due, refresh));
    rest(due.keySet(), refreshing.took().toNanos());
    Boundary.POLL_REFRESHED.reached();
    Step moving = traces.begin("checkpoint");
    moving.of(() -> advance(due.keySet(), settled.settled()));
    PollPhases phases =
        new PollPhases(settling.took(), asking.took(), refreshing.took(), moving.took());
    return new PollResult(moved, settled.heldFor(), settled.reason(), phases);
  }

  /** A moment that was settled before this poll reads anything: a new one, or the last. */
  private Settled settled() {
    Settled last = known;
    if (last != null && System.nanoTime() - askedAt < options.settleRest().toNanos()) {
      return last;
    }
    askedAt = System.nanoTime();
    Settled settled = clock.settle();
    Boundary.SETTLED.reached();
    refuseClockBehind(settled.now());
    known = settled;
    return settled;
  }

  /** Refreshes what depends on these tables' changes; the others had none when they were asked. */
  private boolean refresh(
      Set<SourceTable> changed, Map<SourceTable, Instant> due, ChangeRefresh refresh) {
    if (changed.isEmpty()) {
      return false;
    }
    Map<SourceTable, Instant> since = new EnumMap<>(due);
    since.keySet().retainAll(changed);
    refresh.prepareVersion();
    try (SourceSnapshot snapshot = source.snapshot()) {
      ChangedScopes scopes =
          new ChangedScopes(
              snapshot,
              destination,
              memory,
              since,
              options.pageSize(),
              options.batchSize(),
              options.parallelism());
      boolean moved = scopes.anything();
      if (moved) {
        refresh.run(scopes, snapshot);
        scopes.seen().forEach((table, changes) -> changes.forEach(c -> memory.remember(table, c)));
      }
      return moved;
    }
  }

  /** Returns how many watermarks have moved. */
  private int advance(Set<SourceTable> tables, @Nullable Instant settled) {
    if (settled == null) {
      return 0;
    }
    Map<SourceTable, Instant> behind = new EnumMap<>(SourceTable.class);
    for (SourceTable table : tables) {
      Instant watermark = watermarks.get(table);
      if (watermark != null && watermark.isBefore(settled)) {
        behind.put(table, settled);
      }
    }
    if (!behind.isEmpty()) {
      checkpoints.advance(behind.keySet(), settled, epoch);
      watermarks.putAll(behind);
    }
    return behind.size();
  }

  private Map<SourceTable, Instant> due() {
    Map<SourceTable, Instant> due = new EnumMap<>(SourceTable.class);
    long now = System.nanoTime();
    watermarks.forEach((table, watermark) -> {
      Long until = restUntil.get(table);
      if (until == null || now - until >= 0) {
        due.put(table, watermark);
      }
    });
    return due;
  }

  private void rest(Set<SourceTable> polled, long tookNanos) {
    long until = System.nanoTime() + tookNanos * SCAN_REST;
    for (SourceTable table : polled) {
      if (!indexed.contains(table)) {
        restUntil.put(table, until);
      }
    }
  }

  private void refuseClockBehind(Instant now) {
    watermarks.forEach((table, watermark) -> {
      if (watermark.isAfter(now.plus(CLOCK_TOLERANCE))) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            ("The checkpoint of table %s (%s) is ahead of Jupiter's clock (%s): changes made in"
                    + " between would be lost. Set Jupiter's clock right; polling goes on when it"
                    + " has passed the checkpoint.")
                .formatted(table.tableName(), watermark, now));
      }
    });
  }

  /** How a poll's scopes are refreshed. */
  public interface ChangeRefresh {

    /** Draws a version; called before the snapshot is opened. */
    void prepareVersion();

    /** Refreshes all scopes from this snapshot, and returns when the destination has them. */
    void run(ScopeSource scopes, SourceSnapshot snapshot);
  }
}
