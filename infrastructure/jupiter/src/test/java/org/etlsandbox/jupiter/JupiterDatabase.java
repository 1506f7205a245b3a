package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.junit.jupiter.api.TestReporter;

/** Sakila's tables in a database of a test's own, with as much of the server as the test needs. */
final class JupiterDatabase implements AutoCloseable {

  private final TestDatabase database;

  JupiterDatabase(EngineUnderTest engine, boolean indexed) {
    this.database = engine.newDatabase();
    try (Connection connection = connect()) {
      SakilaSchema.create(connection, indexed);
    } catch (SQLException e) {
      database.close();
      throw new IllegalStateException("Could not create Sakila on " + database.engine(), e);
    }
  }

  /** Tells the report at the end of the run what a test ran on. */
  void report(TestReporter reporter) {
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
  }

  String name() {
    return database.name();
  }

  ConnectionSettings settings() {
    return database.settings();
  }

  ConnectionSettings settings(String username, String password) {
    return new ConnectionSettings("jupiter", database.url(), username, password, 4)
        .with(DatabaseTls.OFF);
  }

  JupiterSource open() {
    return new JupiterSource(settings());
  }

  /** In UTC, without foreign keys, and as strict as the server's default. */
  Connection connect() throws SQLException {
    Connection connection =
        DriverManager.getConnection(database.url(), database.username(), database.password());
    execute(connection, "SET SESSION time_zone = '+00:00', foreign_key_checks = 0");
    return connection;
  }

  void execute(String... statements) {
    try (Connection connection = connect()) {
      for (String sql : statements) {
        execute(connection, sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(String.join("; ", statements), e);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
