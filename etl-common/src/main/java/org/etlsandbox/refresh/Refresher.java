package org.etlsandbox.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.trace.Traces;

/**
 * The one mechanism: reads all flats of a scope as they are now, and makes the destination hold
 * exactly these.
 *
 * <p>Idempotent, and needs no order among calls, as long as overlapping scopes go one after the
 * other. Rentals whose values the destination refuses are found by halving, tombstoned and
 * reported; everything else of the scope goes in. Where more are refused than {@link RefusalLimit}
 * allows, nothing is tombstoned or reported: the refusal is thrown as {@code PERMANENT}. Any other
 * failure is thrown as it is, deadlocks after a few tries.
 */
public final class Refresher {

  /** A deadlock loses against one other writer; five in a row mean something else. */
  private static final int TRIES = 5;

  private final Destination destination;
  private final WriteLease lease;
  private final Duration timeLimit;
  private final Traces traces;

  public Refresher(Destination destination, WriteLease lease) {
    this(destination, lease, ConnectionSettings.STATEMENT_TIMEOUT.multipliedBy(2), Traces.OFF);
  }

  /**
   * @param timeLimit of one write, which has a handful of statements; it is broken off after that
   */
  public Refresher(Destination destination, WriteLease lease, Duration timeLimit, Traces traces) {
    this.destination = destination;
    this.lease = lease;
    this.timeLimit = timeLimit;
    this.traces = traces;
  }

  /**
   * @param snapshot the present: opened after {@code rowVersion} was drawn
   * @param rowVersion goes into every row that changes
   */
  public ScopeOutcome refresh(RefreshScope scope, SourceSnapshot snapshot, long rowVersion) {
    try {
      return attempt(scope, snapshot, rowVersion, Map.of());
    } catch (StoreException e) {
      if (e.kind() != Kind.DATA) {
        throw e;
      }
      return isolate(scope, snapshot, rowVersion, e);
    }
  }

  private ScopeOutcome attempt(
      RefreshScope scope, SourceSnapshot snapshot, long rowVersion, Map<Long, String> known) {
    for (int tries = 1; ; tries++) {
      Boundary.FLATS_ASKED.reached();
      try (FlatStream rows = traces.begin("read").of(() -> snapshot.flats(scope))) {
        SoundRentals sound =
            new SoundRentals(
                rows,
                row -> {
                  String reason = known.get(row.rentalId());
                  return reason != null ? reason : destination.refusal(row);
                });
        RefreshResult result = traces.begin("write").of(() -> write(scope, sound, rowVersion));
        return new ScopeOutcome(scope, rowVersion, result, sound.rentals(), sound.refused());
      } catch (StoreException e) {
        if (e.kind() != Kind.TRANSIENT || tries == TRIES) {
          throw e;
        }
        pause(tries);
      }
    }
  }

  private RefreshResult write(RefreshScope scope, FlatStream rows, long rowVersion) {
    try (TimeLimit limit = new TimeLimit(timeLimit)) {
      try {
        return destination.refresh(scope, rows, rowVersion, lease);
      } catch (RuntimeException e) {
        if (limit.exceeded()) {
          throw new StoreException(
              Kind.UNAVAILABLE,
              "The write of %s was broken off after %d s, because one side had stopped to read or to answer: %s"
                  .formatted(scope, timeLimit.toSeconds(), e.getMessage()),
              e);
        }
        throw e;
      }
    }
  }

  /** Writes the halves of a refused scope, and their halves, until single rentals are left over. */
  private ScopeOutcome isolate(
      RefreshScope scope, SourceSnapshot snapshot, long rowVersion, StoreException refusal) {
    long[] rentals = rentalsIn(scope, snapshot);
    Map<Long, String> refused = new HashMap<>();
    RefreshResult parts =
        new Halving(snapshot, rowVersion, rentals.length, refused).find(rentals, refusal);
    // Once more as a whole: tombstones what the scope no longer has, leaves what the halves wrote
    ScopeOutcome whole = attempt(scope, snapshot, rowVersion, refused);
    RefreshResult rest = whole.result();
    RefreshResult result =
        new RefreshResult(
            rest.read(),
            rest.inserted() + parts.inserted(),
            rest.updated() + parts.updated(),
            rest.tombstoned() + parts.tombstoned(),
            rest.unchanged() - parts.inserted() - parts.updated());
    return new ScopeOutcome(scope, rowVersion, result, whole.rentals(), whole.refused());
  }

  /** Looks for the rentals that are refused, and writes the others. */
  private final class Halving {
    private final SourceSnapshot snapshot;
    private final long rowVersion;
    private final long rentalsOfScope;
    private final Map<Long, String> refused;

    Halving(
        SourceSnapshot snapshot, long rowVersion, long rentalsOfScope, Map<Long, String> refused) {
      this.snapshot = snapshot;
      this.rowVersion = rowVersion;
      this.rentalsOfScope = rentalsOfScope;
      this.refused = refused;
    }

    /**
     * @param refusal how the destination has refused these rentals together
     */
    RefreshResult find(long[] rentals, StoreException refusal) {
      if (rentals.length == 0) {
        throw refusal; // refused without a row: not a matter of data after all
      }
      if (rentals.length == 1) {
        refused.put(rentals[0], String.valueOf(refusal.getMessage()));
        // While they are few they are told from each other; a server that refuses everything is
        // noticed here, long before the last of them
        if (RefusalLimit.isExceeded(refused.size(), rentalsOfScope)) {
          throw new StoreException(
              Kind.PERMANENT,
              ("More than %d of %d rentals are refused, so it is not their data and none is"
                      + " quarantined: put the destination right, then start the worker again. The"
                      + " last refusal: %s")
                  .formatted(refused.size() - 1, rentalsOfScope, refusal.getMessage()),
              refusal);
        }
        return RefreshResult.NOTHING;
      }
      RefreshResult parts = RefreshResult.NOTHING;
      int middle = rentals.length / 2;
      for (long[] half :
          List.of(
              Arrays.copyOfRange(rentals, 0, middle),
              Arrays.copyOfRange(rentals, middle, rentals.length))) {
        try {
          RefreshScope scope = new RefreshScope.Rentals(half);
          parts = parts.plus(attempt(scope, snapshot, rowVersion, Map.of()).result());
        } catch (StoreException e) {
          if (e.kind() != Kind.DATA) {
            throw e;
          }
          parts = parts.plus(find(half, e));
        }
      }
      return parts;
    }
  }

  private static long[] rentalsIn(RefreshScope scope, SourceSnapshot snapshot) {
    List<Long> rentals = new ArrayList<>();
    try (FlatStream rows = snapshot.flats(scope)) {
      for (FlatRow row = rows.next(); row != null; row = rows.next()) {
        if (rentals.isEmpty() || rentals.getLast() != row.rentalId()) {
          rentals.add(row.rentalId());
        }
      }
    }
    return rentals.stream().mapToLong(Long::longValue).toArray();
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(20L << tries));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.UNAVAILABLE, "Interrupted while waiting to try again", e);
    }
  }
}
