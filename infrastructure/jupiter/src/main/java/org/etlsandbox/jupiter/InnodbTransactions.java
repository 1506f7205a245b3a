package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Open transactions from {@code information_schema.innodb_trx}, for servers without performance
 * schema (MariaDB's default).
 *
 * <p>The table is a cache that the server renews only after 100 ms without a reader. So this reader
 * opens a transaction of its own, puts a nonce into its query, and trusts the answer only if it
 * finds itself in it, with that nonce. The workers ask one after the other, or they would keep the
 * cache old for each other: a named lock of the server sees to that.
 */
final class InnodbTransactions implements TransactionView {

  /** Longer than the others take, each with a pause; then it asks out of turn. */
  private static final String LOCK =
      "/* etl-sandbox */ SELECT GET_LOCK('etl-sandbox.innodb_trx', 2)";

  private static final String UNLOCK =
      "/* etl-sandbox */ SELECT RELEASE_LOCK('etl-sandbox.innodb_trx')";

  /** After that long without a reader the server renews the table. */
  private static final int REST_MILLIS = 110;

  @Override
  public @Nullable List<OpenTransaction> open(Connection connection, Instant now)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(LOCK).close();
      try {
        List<OpenTransaction> open = ask(statement, now);
        if (open == null && rest()) {
          open = ask(statement, now);
        }
        return open;
      } finally {
        statement.executeQuery(UNLOCK).close();
      }
    }
  }

  private static boolean rest() {
    try {
      Thread.sleep(REST_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static @Nullable List<OpenTransaction> ask(Statement statement, Instant now)
      throws SQLException {
    String nonce = UUID.randomUUID().toString();
    statement.execute("START TRANSACTION READ ONLY");
    try {
      // Only a transaction that has read a row of InnoDB is in the table
      statement.executeQuery("/* etl-sandbox */ SELECT 1 FROM category LIMIT 1").close();
      return read(statement, nonce, now);
    } catch (SQLException e) {
      if (e.getErrorCode() == MySqlErrors.CANNOT_CONVERT_STRING) {
        return null; // such a statement runs inside a transaction: it is asked again
      }
      throw e;
    } finally {
      statement.execute("COMMIT");
    }
  }

  private static @Nullable List<OpenTransaction> read(
      Statement statement, String nonce, Instant now) throws SQLException {
    // trx_started is in the server's own zone, whatever the session's: only differences are used.
    // Our own transaction began after `now`, so a start reckoned from it is never too late.
    String sql =
        """
        /* etl-sandbox */ SELECT /* %s */ trx_mysql_thread_id, trx_started,
          TIMESTAMPDIFF(SECOND, trx_started, MAX(CASE WHEN trx_mysql_thread_id = CONNECTION_ID()
            THEN trx_started END) OVER ()),
          trx_mysql_thread_id = CONNECTION_ID() AND COALESCE(trx_query, '') LIKE '%%%s%%',
          trx_is_read_only, trx_id
        FROM information_schema.innodb_trx
        """
            .formatted(nonce, nonce);
    boolean fresh = false;
    List<OpenTransaction> open = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        if (row.getBoolean(4)) {
          fresh = true;
        } else if (!row.getBoolean(5)) {
          // Prepared XA transactions have no connection, and may begin within one second
          boolean detached = row.getLong(1) == OpenTransaction.NO_CONNECTION;
          open.add(
              new OpenTransaction(
                  detached ? "xa:" + row.getString(6) : row.getLong(1) + ":" + row.getString(2),
                  row.getLong(1),
                  now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(Math.max(0, row.getLong(3)))));
        }
      }
    }
    return fresh ? open : null;
  }
}
