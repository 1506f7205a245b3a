package org.etlsandbox.clickhouse;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.etlsandbox.clickhouse.FlatFormat.Column;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;

/**
 * Who may write, as recorded in the destination's table {@code etl_destination}: one line for every
 * leader that was admitted, the highest epoch counts.
 *
 * <p>ClickHouse has no transaction that could hold this check and the insert together. What remains
 * open is described at {@link ClickHouseDestination}.
 */
final class Fence {

  private static final String ADMITTED_EPOCH = "SELECT max(epoch) FROM etl_destination";

  private static final String INSERTS_UNDER_WAY =
      """
      SELECT count()
      FROM system.processes
      WHERE query_kind = 'Insert'
        AND current_database = currentDatabase()
        AND position(query, 'customer_order_flat') > 0
      """;

  private static final List<Column> COLUMNS =
      List.of(new Column("schema_version", "UInt32"), new Column("epoch", "UInt64"));

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final ClickHouseServer server;

  Fence(ClickHouseServer server) {
    this.server = server;
  }

  /** 0 when none was admitted. */
  long admittedEpoch() {
    return number("read the admitted epoch", ADMITTED_EPOCH);
  }

  void record(int schemaVersion, long epoch) {
    server.insert(
        "record epoch " + epoch,
        "etl_destination",
        COLUMNS,
        new RowBuffer(16).uint32(schemaVersion).int64(epoch),
        "epoch-" + epoch + "-" + UUID.randomUUID());
  }

  /** Admits the epoch and waits for the inserts that were admitted before it. */
  void raise(long epoch) {
    ensureNotAbove(epoch);
    record(ClickHouseSchema.VERSION, epoch);
    ensureNotAbove(epoch);
    awaitInserts();
  }

  /** Throws {@code FENCED} unless the lease is held and its epoch is the admitted one. */
  void ensureAdmitted(WriteLease lease) {
    lease.ensureHeld();
    long admitted = admittedEpoch();
    if (admitted != lease.epoch()) {
      throw fenced(lease.epoch(), admitted);
    }
  }

  private void ensureNotAbove(long epoch) {
    long admitted = admittedEpoch();
    if (admitted > epoch) {
      throw fenced(epoch, admitted);
    }
  }

  private void awaitInserts() {
    long deadline = System.nanoTime() + server.settings().statementTimeout().toNanos();
    while (number("look for inserts under way", INSERTS_UNDER_WAY) > 0) {
      if (System.nanoTime() - deadline > 0) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "%s: an insert of an earlier leader has been running for more than %d s. End it: KILL QUERY WHERE query_kind = 'Insert'."
                .formatted(server.settings(), server.settings().statementTimeout().toSeconds()));
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private long number(String attempt, String sql) {
    return new RowReader(server.query(attempt, sql)).int64();
  }

  private StoreException fenced(long own, long admitted) {
    return new StoreException(
        Kind.FENCED,
        "%s admits leader epoch %d, this worker leads as epoch %d: it must not write. Another worker has taken over, or the fence was not raised."
            .formatted(server.settings(), admitted, own));
  }
}
