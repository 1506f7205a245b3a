package org.etlsandbox.control;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.refresh.ScopeOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One row for each run that moved data, with its scopes. Thread-safe. */
public final class RunLedger {

  /** Errors are for people: their first lines tell. */
  private static final int MAX_ERROR_LENGTH = 2_000;

  private final ControlDatabase control;
  private final String worker;

  public RunLedger(ControlDatabase control, String worker) {
    this.control = control;
    this.worker = worker;
  }

  /** Closes what an earlier process left open. To be called by the leader only. */
  public void abandonUnfinished() {
    control.call(() ->
        control
            .jdbc()
            .sql(
                """
                UPDATE run SET outcome = 'abandoned', finished_at = clock_timestamp()
                WHERE worker = ? AND outcome = 'running'
                """)
            .param(worker)
            .update());
  }

  /**
   * A run that has begun.
   *
   * @param epoch of the leader whose run it is
   */
  public record Run(long id, RunKind kind, long epoch) {}

  /** Opens a run. */
  public Run begin(RunKind kind, long epoch) {
    long id =
        control.call(() ->
            control
                .jdbc()
                .sql("INSERT INTO run (worker, kind, epoch) VALUES (?, ?, ?) RETURNING id")
                .params(worker, kind.word(), epoch)
                .query(Long.class)
                .single());
    return new Run(id, kind, epoch);
  }

  /**
   * Records scopes that the destination has committed; for a load, as finished ranges as well.
   *
   * @throws StoreException of kind {@code FENCED} when another leader has followed: the run may be
   *     unknown by now, and a range may belong to a load that this leader knows nothing of
   */
  public void record(Run run, List<? extends ScopeOutcome> outcomes) {
    control.inTransaction(() -> {
      Leadership.ensureLatest(control, worker, run.epoch());
      for (ScopeOutcome outcome : outcomes) {
        insertScope(run.id(), outcome);
        if (run.kind() == RunKind.LOAD && outcome.scope() instanceof RefreshScope.Range range) {
          insertLoadedRange(run.id(), range);
          Boundary.LOAD_RANGE_WRITTEN.reached();
        }
        RefreshResult result = outcome.result();
        control
            .jdbc()
            .sql(
                """
                UPDATE run SET rows_read = rows_read + ?, inserted = inserted + ?,
                  updated = updated + ?, tombstoned = tombstoned + ?, unchanged = unchanged + ?,
                  quarantined = quarantined + ?
                WHERE id = ?
                """)
            .params(
                result.read(),
                result.inserted(),
                result.updated(),
                result.tombstoned(),
                result.unchanged(),
                outcome.refused().size(),
                run.id())
            .update();
      }
      Boundary.LEDGER_WRITTEN.reached();
      return null;
    });
    Boundary.LEDGER_RECORDED.reached();
  }

  /** Closes a run: completed, abandoned because the worker is being stopped, or failed. */
  public void finish(Run run, @Nullable Throwable error) {
    String outcome =
        error == null
            ? "completed"
            : error instanceof CancellationException ? "abandoned" : "failed";
    String message = error == null ? "" : String.valueOf(error.getMessage());
    String cut = message.substring(0, Math.min(message.length(), MAX_ERROR_LENGTH));
    control.call(() ->
        control
            .jdbc()
            .sql(
                """
                UPDATE run SET outcome = ?, error = ?, finished_at = clock_timestamp()
                WHERE id = ? AND worker = ? AND epoch = ?
                """)
            .params(outcome, cut, run.id(), worker, run.epoch())
            .update());
  }

  /** Takes a run back that turned out to have moved nothing. */
  public void discard(Run run) {
    control.call(() ->
        control
            .jdbc()
            .sql("DELETE FROM run WHERE id = ? AND worker = ? AND epoch = ?")
            .params(run.id(), worker, run.epoch())
            .update());
  }

  /** Ranges that the load under way has finished, ascending. */
  public List<RefreshScope.Range> loadedRanges() {
    return control.call(() ->
        control
            .jdbc()
            .sql("SELECT range_from, range_to FROM load_range WHERE worker = ? ORDER BY range_from")
            .param(worker)
            .query((row, n) ->
                new RefreshScope.Range(row.getLong("range_from"), row.getLong("range_to")))
            .list());
  }

  private void insertScope(long runId, ScopeOutcome outcome) {
    RefreshResult result = outcome.result();
    JdbcClient.StatementSpec insert =
        switch (outcome.scope()) {
          case RefreshScope.Range(long from, long to) ->
              control
                  .jdbc()
                  .sql(
                      """
                      INSERT INTO run_scope (range_from, range_to, run_id, row_version,
                        rows_read, inserted, updated, tombstoned, unchanged)
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                      """)
                  .params(from, to);
          case RefreshScope.Rentals rentals ->
              control
                  .jdbc()
                  .sql(
                      """
                      INSERT INTO run_scope (rental_ids, run_id, row_version,
                        rows_read, inserted, updated, tombstoned, unchanged)
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                      """)
                  .param((Object) Arrays.stream(rentals.ids()).boxed().toArray(Long[]::new));
        };
    insert
        .params(
            runId,
            outcome.rowVersion(),
            result.read(),
            result.inserted(),
            result.updated(),
            result.tombstoned(),
            result.unchanged())
        .update();
  }

  private void insertLoadedRange(long runId, RefreshScope.Range range) {
    control
        .jdbc()
        .sql(
            """
            INSERT INTO load_range (worker, range_from, range_to, run_id) VALUES (?, ?, ?, ?)
            ON CONFLICT (worker, range_from)
            DO UPDATE SET range_to = excluded.range_to, run_id = excluded.run_id
            """)
        .params(worker, range.from(), range.to(), runId)
        .update();
  }
}
