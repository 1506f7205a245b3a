package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Open transactions from {@code performance_schema.events_transactions_current}: no cache, and
 * counted from BEGIN.
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

  // TIMER_WAIT of a running event counts up to now, in picoseconds
  private static final String OPEN =
      """
      /* etl-sandbox */ SELECT e.thread_id, e.event_id, t.processlist_id,
        CEILING(e.timer_wait / 1000000)
      FROM performance_schema.events_transactions_current e
      JOIN performance_schema.threads t ON t.thread_id = e.thread_id
      WHERE e.state = 'ACTIVE' AND COALESCE(e.access_mode, 'READ WRITE') <> 'READ ONLY'
        AND t.processlist_id IS NOT NULL AND t.processlist_id <> CONNECTION_ID()
      """;

  // A prepared XA transaction leaves its connection, and with it the performance schema. Seen
  // through the cache of innodb_trx, so late where somebody reads that without a rest.
  private static final String PREPARED =
      """
      /* etl-sandbox */ SELECT trx_id
      FROM information_schema.innodb_trx
      WHERE trx_mysql_thread_id = 0 AND trx_is_read_only = 0
      """;

  static boolean isComplete(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COMPLETE)) {
      return row.next() && row.getBoolean(1);
    } catch (SQLException e) {
      return false; // switched off, not granted or not MySQL: innodb_trx serves
    }
  }

  @Override
  public List<OpenTransaction> open(Connection connection, Instant now) throws SQLException {
    List<OpenTransaction> open = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OPEN)) {
      while (row.next()) {
        open.add(
            new OpenTransaction(
                row.getLong(1) + ":" + row.getLong(2),
                row.getLong(3),
                now.minus(row.getLong(4), ChronoUnit.MICROS)));
      }
    }
    // Asked last: what is prepared in between has still been seen on its connection
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PREPARED)) {
      while (row.next()) {
        open.add(new OpenTransaction("xa:" + row.getString(1), OpenTransaction.NO_CONNECTION, now));
      }
    }
    return open;
  }
}
