package org.etlsandbox.change;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.refresh.ScopeSource;
import org.etlsandbox.source.Change;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ChangePage;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.jspecify.annotations.Nullable;

/**
 * The rentals that depend on rows changed since the watermarks, in bounded scopes, all from one
 * snapshot. Asks for the next page of changes only when the scopes of the last one have been taken.
 */
final class ChangedScopes implements ScopeSource {

  /** 4 MB of ids. Up to so many are found in as many steps, more of them by a pass over rental. */
  private static final int RENTALS_AT_A_TIME = 500_000;

  private final SourceSnapshot snapshot;
  private final Destination destination;
  private final ChangeMemory memory;
  private final int pageSize;
  private final int batchSize;
  private final RecentRentals emitted;
  private final Map<SourceTable, List<Change>> seen = new EnumMap<>(SourceTable.class);
  private final List<Reading> readings = new ArrayList<>();
  private final long[] batch;
  private int filled;

  /**
   * @param since the watermark of each table that is due
   * @param pageSize changed rows at a time
   * @param batchSize rentals in a scope
   */
  ChangedScopes(
      SourceSnapshot snapshot,
      Destination destination,
      ChangeMemory memory,
      Map<SourceTable, Instant> since,
      int pageSize,
      int batchSize,
      int parallelism) {
    this.snapshot = snapshot;
    this.destination = destination;
    this.memory = memory;
    this.pageSize = pageSize;
    this.batchSize = batchSize;
    this.batch = new long[batchSize];
    // Scopes of the same chunk must be disjoint; the rest only saves work
    this.emitted = new RecentRentals(Math.max(100_000, 2 * parallelism * batchSize));
    since.forEach((table, watermark) ->
        readings.add(new Reading(table, ChangePosition.startingAt(watermark))));
  }

  /** Asks each table for its first page: whether there is anything to refresh. */
  boolean anything() {
    boolean anything = false;
    for (Reading reading : readings) {
      reading.readPage();
      anything |= reading.hasWork();
    }
    return anything;
  }

  @Override
  public @Nullable RefreshScope next() {
    while (filled < batchSize) {
      Reading reading = current();
      if (reading == null) {
        break;
      }
      reading.takeRentals();
    }
    if (filled == 0) {
      return null;
    }
    long[] ids = Arrays.copyOf(batch, filled);
    filled = 0;
    return new RefreshScope.Rentals(ids);
  }

  /** What was seen, to be remembered once it has been refreshed; bounded by the memory. */
  Map<SourceTable, List<Change>> seen() {
    return seen;
  }

  private @Nullable Reading current() {
    while (!readings.isEmpty() && readings.getFirst().isDone()) {
      readings.removeFirst();
    }
    return readings.isEmpty() ? null : readings.getFirst();
  }

  private void emit(long rentalId) {
    if (emitted.add(rentalId)) {
      batch[filled++] = rentalId;
    }
  }

  /** How far the reading of one table has come. */
  private final class Reading {
    private final SourceTable table;
    private @Nullable ChangePosition next;
    private List<ChangeKey> keys = List.of();
    private long[] rentals = {};
    private int taken;
    private long afterRental;

    Reading(SourceTable table, ChangePosition position) {
      this.table = table;
      this.next = position;
    }

    boolean hasWork() {
      return !keys.isEmpty() || next != null;
    }

    boolean isDone() {
      while (keys.isEmpty() && taken == rentals.length && next != null) {
        readPage();
      }
      return keys.isEmpty() && taken == rentals.length;
    }

    void readPage() {
      if (next == null || !keys.isEmpty()) {
        return;
      }
      ChangePage page = snapshot.changes(table, next, pageSize);
      Boundary.CHANGES_READ.reached();
      next = page.next();
      List<ChangeKey> fresh = new ArrayList<>();
      List<Change> remembered = seen.computeIfAbsent(table, t -> new ArrayList<>());
      for (Change change : page.changes()) {
        if (!memory.knows(table, change)) {
          fresh.add(change.key());
          if (remembered.size() < memory.capacity()) {
            remembered.add(change);
          }
        }
      }
      keys = fresh;
      afterRental = Long.MIN_VALUE; // those below 1, too: they are quarantined
      // A payment that moved away is found where the destination still holds it
      rentals =
          table == SourceTable.PAYMENT && !fresh.isEmpty()
              ? destination.rentalsHolding(fresh.stream().mapToLong(ChangeKey::first).toArray())
              : new long[0];
      taken = 0;
    }

    void takeRentals() {
      if (taken == rentals.length && !keys.isEmpty()) {
        readRentals();
      }
      while (taken < rentals.length && filled < batchSize) {
        emit(rentals[taken++]);
      }
    }

    private void readRentals() {
      rentals = snapshot.rentalsOf(table, keys, afterRental, RENTALS_AT_A_TIME);
      Boundary.RENTALS_FOUND.reached();
      taken = 0;
      if (rentals.length < RENTALS_AT_A_TIME) {
        keys = List.of();
      } else {
        afterRental = rentals[rentals.length - 1];
      }
    }
  }
}
