package org.etlsandbox.sakila;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A connection set up for loading: no foreign key checks (tables are filled side by side, and store
 * and staff refer to each other), UTC, no autocommit. Closing puts everything back, because a pool
 * would hand the connection to somebody else.
 */
final class LoadingSession implements AutoCloseable {

  private static final String SETTINGS =
      "SELECT @@SESSION.foreign_key_checks, @@SESSION.unique_checks, @@SESSION.time_zone";

  private static final String SET =
      "SET SESSION foreign_key_checks = ?, SESSION unique_checks = ?, SESSION time_zone = ?";

  private final Connection connection;
  private final boolean autoCommit;
  private final int foreignKeyChecks;
  private final int uniqueChecks;
  private final String timeZone;

  private LoadingSession(
      Connection connection,
      boolean autoCommit,
      int foreignKeyChecks,
      int uniqueChecks,
      String timeZone) {
    this.connection = connection;
    this.autoCommit = autoCommit;
    this.foreignKeyChecks = foreignKeyChecks;
    this.uniqueChecks = uniqueChecks;
    this.timeZone = timeZone;
  }

  static LoadingSession open(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(SETTINGS)) {
      row.next();
      LoadingSession session =
          new LoadingSession(
              connection,
              connection.getAutoCommit(),
              row.getInt(1),
              row.getInt(2),
              row.getString(3));
      session.set(0, 0, "+00:00");
      connection.setAutoCommit(false);
      return session;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  private void set(int foreignKeys, int unique, String zone) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SET)) {
      statement.setInt(1, foreignKeys);
      statement.setInt(2, unique);
      statement.setString(3, zone);
      statement.execute();
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
      set(foreignKeyChecks, uniqueChecks, timeZone);
      connection.setAutoCommit(autoCommit);
    }
  }
}
