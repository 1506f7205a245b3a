package org.etlsandbox.stack.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The privilege PROCESS, by using it, and how long transactions have been open. */
final class TransactionProbe implements JupiterProbe {

  /** From here on an open transaction is worth a word; it holds back every poll. */
  private static final long LONG_SECONDS = 60;

  /**
   * {@code trx_started} is in the server's system time zone whatever the session's, so the present
   * is converted to that before it is compared.
   */
  private static final String OPEN =
      """
      SELECT COUNT(*),
             COALESCE(MAX(TIMESTAMPDIFF(
               SECOND, trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM'))), 0)
      FROM information_schema.innodb_trx
      WHERE trx_is_read_only = 0 AND trx_mysql_thread_id <> CONNECTION_ID()
      """;

  private static final String OLDEST =
      """
      SELECT trx_mysql_thread_id
      FROM information_schema.innodb_trx
      WHERE trx_is_read_only = 0 AND trx_mysql_thread_id <> CONNECTION_ID()
      ORDER BY trx_started
      LIMIT 1
      """;

  @Override
  public String subject() {
    return "jupiter transactions";
  }

  @Override
  public List<Finding> look(Connection jupiter) throws SQLException {
    try (Statement statement = jupiter.createStatement()) {
      long open;
      long seconds;
      try (ResultSet row = statement.executeQuery(OPEN)) {
        row.next();
        open = row.getLong(1);
        seconds = row.getLong(2);
      } catch (SQLException e) {
        if (e.getErrorCode() == MySqlError.MISSING_GLOBAL_PRIVILEGE) {
          return List.of(withoutProcess(statement));
        }
        throw e;
      }
      Finding process = Finding.ok("jupiter privileges", "PROCESS is granted");
      if (seconds < LONG_SECONDS) {
        return List.of(
            process,
            Finding.ok(
                subject(),
                open == 0 ? "none is open" : open + " open, the oldest for " + seconds + " s"));
      }
      return List.of(
          process,
          Finding.warn(
              subject(),
              "%d open, the oldest for %d s (connection %s): polls re-read what changed since"
                  .formatted(open, seconds, oldest(statement)),
              "let it commit, or end it there with KILL"));
    }
  }

  private static String oldest(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(OLDEST)) {
      return row.next() ? row.getString(1) : "gone meanwhile";
    }
  }

  private static Finding withoutProcess(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
      row.next();
      String user = row.getString(1);
      int at = user.lastIndexOf('@');
      return Finding.warn(
          "jupiter privileges",
          "PROCESS is missing: polls cannot see open transactions and stay etl.poll.commit-lag behind",
          "GRANT PROCESS ON *.* TO '%s'@'%s';"
              .formatted(user.substring(0, at), user.substring(at + 1)));
    }
  }
}
