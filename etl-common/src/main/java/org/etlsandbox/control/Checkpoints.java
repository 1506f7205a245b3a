package org.etlsandbox.control;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.source.SourceTable;

/** The watermarks of a worker: everything older has reached its destination. Thread-safe. */
public final class Checkpoints {

  private final ControlDatabase control;
  private final String worker;

  public Checkpoints(ControlDatabase control, String worker) {
    this.control = control;
    this.worker = worker;
  }

  /** The watermark of every table, on Jupiter's clock. */
  public Map<SourceTable, Instant> read() {
    Map<SourceTable, Instant> watermarks = new EnumMap<>(SourceTable.class);
    control.call(() ->
        control
            .jdbc()
            .sql("SELECT source_table, watermark FROM checkpoint WHERE worker = ?")
            .param(worker)
            .query((row, n) ->
                watermarks.put(
                    SourceTable.valueOf(row.getString("source_table").toUpperCase(Locale.ROOT)),
                    row.getObject("watermark", OffsetDateTime.class).toInstant()))
            .list());
    return watermarks;
  }

  /**
   * Moves watermarks forward, never back. To be called after the destination has committed.
   *
   * @throws StoreException of kind {@code FENCED} when a later leader has moved them
   */
  public void advance(Collection<SourceTable> tables, Instant settled, long epoch) {
    String[] names = tables.stream().map(SourceTable::tableName).toArray(String[]::new);
    int moved =
        control.inTransaction(() -> {
          int rows =
              control
                  .jdbc()
                  .sql(
                      """
                      UPDATE checkpoint SET watermark = GREATEST(watermark, ?), epoch = ?
                      WHERE worker = ? AND source_table = ANY (?) AND epoch <= ?
                      """)
                  .params(settled.atOffset(ZoneOffset.UTC), epoch, worker, names, epoch)
                  .update();
          Boundary.CHECKPOINT_WRITTEN.reached();
          return rows;
        });
    if (moved != tables.size()) {
      throw new StoreException(
          Kind.FENCED, "%s: a later leader than epoch %d writes by now".formatted(worker, epoch));
    }
    Boundary.CHECKPOINT_ADVANCED.reached();
  }
}
