package org.etlsandbox.refresh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.source.SourceSnapshot;

/**
 * The one mechanism: reads all flats of a scope as they are now, and makes the destination hold
 * exactly these.
 *
 * <p>Idempotent, and needs no order among calls, as long as overlapping scopes go one after the
 * other. Rentals whose values the destination refuses are found by halving, tombstoned and
 * reported; everything else of the scope goes in. Any other failure is thrown as it is, deadlocks
 * after a few tries.
 */
public final class Refresher {

  /** A deadlock loses against one other writer; five in a row mean something else. */
  private static final int TRIES = 5;

  private final Destination destination;
  private final WriteLease lease;

  public Refresher(Destination destination, WriteLease lease) {
    this.destination = destination;
    this.lease = lease;
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
      try (FlatStream rows = snapshot.flats(scope)) {
        SoundRentals sound =
            new SoundRentals(
                rows,
                row -> {
                  String reason = known.get(row.rentalId());
                  return reason != null ? reason : destination.refusal(row);
                });
        RefreshResult result = destination.refresh(scope, sound, rowVersion, lease);
        return new ScopeOutcome(scope, rowVersion, result, sound.rentals(), sound.refused());
      } catch (StoreException e) {
        if (e.kind() != Kind.TRANSIENT || tries == TRIES) {
          throw e;
        }
        pause(tries);
      }
    }
  }

  /** Writes the halves of a refused scope, and their halves, until single rentals are left over. */
  private ScopeOutcome isolate(
      RefreshScope scope, SourceSnapshot snapshot, long rowVersion, StoreException refusal) {
    long[] rentals = rentalsIn(scope, snapshot);
    Map<Long, String> refused = new HashMap<>();
    RefreshResult parts = findRefused(rentals, snapshot, rowVersion, refusal, refused);
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

  private RefreshResult findRefused(
      long[] rentals,
      SourceSnapshot snapshot,
      long rowVersion,
      StoreException refusal,
      Map<Long, String> refused) {
    if (rentals.length == 0) {
      throw refusal; // refused without a row: not a matter of data after all
    }
    if (rentals.length == 1) {
      refused.put(rentals[0], String.valueOf(refusal.getMessage()));
      return RefreshResult.NOTHING;
    }
    RefreshResult parts = RefreshResult.NOTHING;
    int middle = rentals.length / 2;
    for (long[] half :
        List.of(
            Arrays.copyOfRange(rentals, 0, middle),
            Arrays.copyOfRange(rentals, middle, rentals.length))) {
      try {
        ScopeOutcome part = attempt(new RefreshScope.Rentals(half), snapshot, rowVersion, Map.of());
        parts = parts.plus(part.result());
      } catch (StoreException e) {
        if (e.kind() != Kind.DATA) {
          throw e;
        }
        parts = parts.plus(findRefused(half, snapshot, rowVersion, e, refused));
      }
    }
    return parts;
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
