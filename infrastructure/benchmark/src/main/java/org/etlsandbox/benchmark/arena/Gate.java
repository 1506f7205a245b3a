package org.etlsandbox.benchmark.arena;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.soak.stage.Login;

/**
 * Holds back all loads that have not begun: a transaction of Jupiter that is open and may have
 * written anything. A worker that waits for it names it in its status.
 */
public final class Gate implements AutoCloseable {

  private final Connection transaction;

  private Gate(Connection transaction) {
    this.transaction = transaction;
  }

  /** Shuts it. */
  public static Gate shut(Login jupiter) throws SQLException {
    Connection connection = jupiter.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS etl_bench");
      statement.execute("CREATE TABLE IF NOT EXISTS etl_bench.gate (shut INT) ENGINE = InnoDB");
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO etl_bench.gate VALUES (1)");
      return new Gate(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens it, once; who waits sees that within a second. */
  @Override
  public void close() throws SQLException {
    if (transaction.isClosed()) {
      return;
    }
    try (transaction) {
      transaction.rollback();
    }
  }
}
