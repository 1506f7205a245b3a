package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Open transactions from {@code performance_schema.events_transactions_current}: no cache, and
 * counted from BEGIN.
 *
 * <p>An XA transaction may be left prepared by its connection, and is no longer seen there then.
 * While the server counts no new {@code XA PREPARE} there is none of these; else {@code innodb_trx}
 * is asked, too.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/refman/8.0/en/performance-schema-transaction-tables.html">MySQL:
 *     transaction events</a>
 */
final class PerformanceSchemaTransactions implements TransactionView {

  // Everything that could hide a transaction: consumer or instrument off, a foreground thread
  // that is not instrumented, thread instances that did not fit
  private static final String COMPLETE =
      """
      /* etl-sandbox */ SELECT
        @@performance_schema = 1
        AND (SELECT COUNT(*) FROM performance_schema.setup_consumers
             WHERE name IN ('global_instrumentation', 'thread_instrumentation', 'events_transactions_current')
               AND enabled = 'YES') = 3
        AND (SELECT COUNT(*) FROM performance_schema.setup_instruments
             WHERE name = 'transaction' AND enabled = 'YES' AND timed = 'YES') = 1
        AND (SELECT COUNT(*) FROM performance_schema.threads
             WHERE type = 'FOREGROUND' AND processlist_id IS NOT NULL
               AND name = 'thread/sql/one_connection' AND instrumented = 'NO') = 0
        AND (SELECT variable_value FROM performance_schema.global_status
             WHERE variable_name = 'Performance_schema_thread_instances_lost') = 0
      """;

  // TIMER_WAIT of a running event counts up to now, in picoseconds. Event 0 is nobody's: on MySQL 9
  // a
  // connection shows the last transaction of whoever had its place before, until it begins one
  private static final String OPEN =
      """
      /* etl-sandbox */ SELECT e.thread_id, e.event_id, t.processlist_id,
        CEILING(e.timer_wait / 1000000), e.xid_format_id IS NOT NULL
      FROM performance_schema.events_transactions_current e
      JOIN performance_schema.threads t ON t.thread_id = e.thread_id
      WHERE e.state = 'ACTIVE' AND e.event_id > 0 AND COALESCE(e.access_mode, 'READ WRITE') <> 'READ ONLY'
        AND t.processlist_id IS NOT NULL AND t.processlist_id <> CONNECTION_ID()
      """;

  // performance_schema.global_status has no Com_ counters
  private static final String XA_PREPARED =
      "/* etl-sandbox */ SHOW GLOBAL STATUS LIKE 'Com\\_xa\\_prepare'";

  private static final long UNKNOWN = -1;

  private final TransactionView innodb = new InnodbTransactions();

  /** How many had been prepared when none was there; unknown while there may be one. */
  private long preparedWithoutOneLeft = UNKNOWN;

  static boolean isComplete(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COMPLETE)) {
      return row.next() && row.getBoolean(1);
    } catch (SQLException e) {
      return false; // switched off, not granted or not MySQL: innodb_trx serves
    }
  }

  @Override
  public @Nullable List<OpenTransaction> open(Connection connection, Instant now)
      throws SQLException {
    List<OpenTransaction> open = new ArrayList<>();
    boolean distributed = false;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OPEN)) {
      while (row.next()) {
        open.add(
            new OpenTransaction(
                row.getLong(1) + ":" + row.getLong(2),
                row.getLong(3),
                now.minus(row.getLong(4), ChronoUnit.MICROS)));
        distributed |= row.getBoolean(5);
      }
    }
    // Asked after that: what is prepared in between has still been seen on its connection
    long prepared = prepared(connection);
    if (!distributed && prepared != UNKNOWN && prepared == preparedWithoutOneLeft) {
      return open;
    }
    List<OpenTransaction> all = innodb.open(connection, now);
    if (all == null) {
      return null;
    }
    List<OpenTransaction> left =
        all.stream().filter(one -> one.connectionId() == OpenTransaction.NO_CONNECTION).toList();
    preparedWithoutOneLeft = distributed || !left.isEmpty() ? UNKNOWN : prepared;
    open.addAll(left);
    return open;
  }

  private static long prepared(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(XA_PREPARED)) {
      return row.next() ? row.getLong(2) : UNKNOWN;
    }
  }
}
