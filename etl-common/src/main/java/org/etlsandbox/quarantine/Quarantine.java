package org.etlsandbox.quarantine;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.flat.RefreshScope;

/**
 * The rentals that a destination does not hold because they could not be copied exactly. A rental
 * leaves the quarantine when a later refresh succeeds with it. Thread-safe.
 */
public final class Quarantine {

  private final ControlDatabase control;
  private final String worker;
  private final AtomicLong size = new AtomicLong();

  public Quarantine(ControlDatabase control, String worker) {
    this.control = control;
    this.worker = worker;
  }

  /** How many rentals are in quarantine, as of the last change or {@link #recount}. */
  public long size() {
    return size.get();
  }

  /** The rentals of a range that are in quarantine. */
  public Set<Long> rentalsIn(RefreshScope.Range range) {
    if (size.get() == 0) {
      return Set.of(); // the usual case costs nothing
    }
    return control.call(() ->
        control
            .jdbc()
            .sql(
                "SELECT rental_id FROM quarantine WHERE worker = ? AND rental_id > ? AND rental_id <= ?")
            .params(worker, range.from(), range.to())
            .query(Long.class)
            .set());
  }

  /** How many of these rentals are not in quarantine yet. */
  public long countNew(Collection<Long> rentals) {
    if (rentals.isEmpty() || size.get() == 0) {
      return rentals.size();
    }
    return rentals.size()
        - control.call(() ->
            control
                .jdbc()
                .sql("SELECT count(*) FROM quarantine WHERE worker = ? AND rental_id = ANY (?)")
                .params(worker, rentals.toArray(Long[]::new))
                .query(Long.class)
                .single());
  }

  public void recount() {
    size.set(
        control.call(() ->
            control
                .jdbc()
                .sql("SELECT count(*) FROM quarantine WHERE worker = ?")
                .param(worker)
                .query(Long.class)
                .single()));
  }

  /**
   * Records the outcome of a refresh: the refused rentals go in, the others of the scope come out.
   *
   * @param refused rental id → reason
   * @return those of them that were not in quarantine before, ascending
   */
  public Map<Long, String> record(RefreshScope scope, Map<Long, String> refused) {
    if (refused.isEmpty() && size.get() == 0) {
      return Map.of(); // the usual case costs nothing
    }
    Map<Long, String> added =
        control.inTransaction(() -> {
          Long[] kept = refused.keySet().toArray(Long[]::new);
          switch (scope) {
            case RefreshScope.Range(long from, long to) ->
                control
                    .jdbc()
                    .sql(
                        """
                        DELETE FROM quarantine
                        WHERE worker = ? AND rental_id > ? AND rental_id <= ? AND rental_id <> ALL (?)
                        """)
                    .params(worker, from, to, kept)
                    .update();
            case RefreshScope.Rentals rentals ->
                control
                    .jdbc()
                    .sql(
                        """
                        DELETE FROM quarantine
                        WHERE worker = ? AND rental_id = ANY (?) AND rental_id <> ALL (?)
                        """)
                    .params(worker, Arrays.stream(rentals.ids()).boxed().toArray(Long[]::new), kept)
                    .update();
          }
          Map<Long, String> first = new TreeMap<>();
          refused.forEach((rentalId, reason) -> {
            if (put(rentalId, reason) == 1) {
              first.put(rentalId, reason);
            }
          });
          Boundary.QUARANTINE_WRITTEN.reached();
          return first;
        });
    recount();
    return added;
  }

  /** How often it has been tried by now. */
  private int put(long rentalId, String reason) {
    return control
        .jdbc()
        .sql(
            """
            INSERT INTO quarantine (worker, rental_id, reason) VALUES (?, ?, ?)
            ON CONFLICT (worker, rental_id) DO UPDATE
            SET reason = excluded.reason, tries = quarantine.tries + 1, last_seen = clock_timestamp()
            RETURNING tries
            """)
        .params(worker, rentalId, reason)
        .query(Integer.class)
        .single();
  }
}
