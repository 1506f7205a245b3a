package org.etlsandbox.control;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.source.SourceTable;
import org.jspecify.annotations.Nullable;

/** What a worker is bound to, and how far its initial load has come. Thread-safe. */
public final class WorkerRegister {

  private final ControlDatabase control;
  private final String worker;

  public WorkerRegister(ControlDatabase control, String worker) {
    this.control = control;
    this.worker = worker;
  }

  /** Makes the worker known; does nothing when it is. */
  public void register() {
    control.call(() ->
        control
            .jdbc()
            .sql("INSERT INTO worker (name) VALUES (?) ON CONFLICT DO NOTHING")
            .param(worker)
            .update());
  }

  /**
   * Binds the worker to a source for good.
   *
   * @throws StoreException of kind {@code PERMANENT} when it is bound to another one
   */
  public void bindSource(String identity) {
    String bound =
        control.call(() ->
            control
                .jdbc()
                .sql(
                    """
                    UPDATE worker SET source_identity = COALESCE(source_identity, ?)
                    WHERE name = ? RETURNING source_identity
                    """)
                .params(identity, worker)
                .query(String.class)
                .single());
    if (!identity.equals(bound)) {
      throw new StoreException(
          Kind.PERMANENT,
          ("%s has copied from Jupiter '%s' so far, and this is '%s'. Point it back, or give it a new"
                  + " control database and an empty destination ('./etl up --fresh').")
              .formatted(worker, bound, identity));
    }
  }

  /** Draws the number of a new leadership, above every one that control or destination know. */
  public long nextEpoch(long destinationEpoch) {
    return control.call(() ->
        control
            .jdbc()
            .sql("UPDATE worker SET epoch = GREATEST(epoch, ?) + 1 WHERE name = ? RETURNING epoch")
            .params(destinationEpoch, worker)
            .query(Long.class)
            .single());
  }

  /**
   * Sees to it that new versions are higher than any the destination holds: a fresh or restored
   * control database would give out versions that lose against the rows that are there.
   */
  public void raiseVersions(long destinationMaximum) {
    control.call(() ->
        control
            .jdbc()
            .sql("UPDATE worker SET row_version = GREATEST(row_version, ?) WHERE name = ?")
            .params(destinationMaximum, worker)
            .update());
  }

  /** Draws a version that was never drawn before. To be called before the read it stands for. */
  public long drawVersion() {
    long version =
        control.call(() ->
            control
                .jdbc()
                .sql(
                    "UPDATE worker SET row_version = row_version + 1 WHERE name = ? RETURNING row_version")
                .param(worker)
                .query(Long.class)
                .single());
    Boundary.VERSION_DRAWN.reached();
    return version;
  }

  /** The load of this destination that has begun, or null: then it is to be loaded from nothing. */
  public @Nullable LoadState loadOf(UUID incarnation) {
    return control.call(() ->
        control
            .jdbc()
            .sql(
                """
                SELECT load_to, loaded_at IS NOT NULL AS loaded FROM worker
                WHERE name = ? AND incarnation = ? AND load_to IS NOT NULL
                """)
            .params(worker, incarnation)
            .query((row, n) -> new LoadState(row.getLong("load_to"), row.getBoolean("loaded")))
            .optional()
            .orElse(null));
  }

  /**
   * Begins a load from nothing: forgets earlier progress, and records from which moment polling
   * will take over.
   *
   * @param watermark a settled moment of Jupiter's clock, taken before the first range is read
   * @throws StoreException of kind {@code FENCED} when another leader has followed
   */
  public void beginLoad(UUID incarnation, long loadTo, Instant watermark, long epoch) {
    control.inTransaction(() -> {
      Leadership.ensureLatest(control, worker, epoch);
      control.jdbc().sql("DELETE FROM load_range WHERE worker = ?").param(worker).update();
      control.jdbc().sql("DELETE FROM quarantine WHERE worker = ?").param(worker).update();
      for (SourceTable table : SourceTable.values()) {
        control
            .jdbc()
            .sql(
                """
                INSERT INTO checkpoint (worker, source_table, watermark, epoch) VALUES (?, ?, ?, ?)
                ON CONFLICT (worker, source_table)
                DO UPDATE SET watermark = excluded.watermark, epoch = excluded.epoch
                """)
            .params(worker, table.tableName(), watermark.atOffset(ZoneOffset.UTC), epoch)
            .update();
      }
      return control
          .jdbc()
          .sql("UPDATE worker SET incarnation = ?, load_to = ?, loaded_at = NULL WHERE name = ?")
          .params(incarnation, loadTo, worker)
          .update();
    });
  }

  /**
   * @throws StoreException of kind {@code FENCED} when another leader has followed: the load under
   *     way may be that one's
   */
  public void finishLoad(long epoch) {
    control.inTransaction(() -> {
      Leadership.ensureLatest(control, worker, epoch);
      return control
          .jdbc()
          .sql("UPDATE worker SET loaded_at = clock_timestamp() WHERE name = ?")
          .param(worker)
          .update();
    });
  }

  /**
   * @param loadTo the largest rental id when the load began
   * @param loaded whether it has ended
   */
  public record LoadState(long loadTo, boolean loaded) {}
}
