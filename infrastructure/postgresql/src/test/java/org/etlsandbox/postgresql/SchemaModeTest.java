package org.etlsandbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.schema.SchemaMode;
import org.etlsandbox.testkit.SampleFlat;
import org.etlsandbox.testkit.TestLease;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Who validates makes nothing, changes nothing, and needs no right to. */
class SchemaModeTest {

  private TestDatabase database;
  private Destination destination;

  @BeforeEach
  void open(TestReporter reporter) {
    database = TestEngines.postgreSql().newDatabase();
    destination = new PostgreSqlDestination(database.settings());
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
  }

  @AfterEach
  void close() {
    destination.close();
    database.close();
  }

  @Test
  void aMissingSchemaIsRefusedAndNotMade() throws SQLException {
    assertRefused("the tables are missing", "Run 'migrate'");
    assertThat(number("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).isZero();
  }

  @Test
  void anOlderSchemaIsRefusedAndNotUpgraded() throws SQLException {
    destination.prepare();
    database.execute("DELETE FROM etl_schema_history WHERE version = '2'");
    assertRefused("has version 1, this worker needs 2", "Run 'migrate'");
    assertThat(number("SELECT count(*) FROM etl_schema_history WHERE version = '2'")).isZero();
  }

  @Test
  void aNewerSchemaIsRefused() throws SQLException {
    destination.prepare();
    database.execute(
        """
        INSERT INTO etl_schema_history
        SELECT 99, '3', 'later', type, 'V3__later.sql', checksum, installed_by, installed_on, 1, true
          FROM etl_schema_history WHERE version = '2'
        """);
    assertRefused("has version 3, this worker knows 2", "the version that ran 'migrate'");
  }

  @Test
  void aMigrationThatWasChangedIsRefused() throws SQLException {
    destination.prepare();
    database.execute("UPDATE etl_schema_history SET checksum = 1 WHERE version = '1'");
    assertRefused("migration 1 differs", "run 'migrate'");
  }

  /** As in the compose file: migrated by the administrator, written by an account without DDL. */
  @Test
  void theCurrentSchemaIsWrittenWithoutTheRightToCreateTables() throws SQLException {
    String role = "writer_" + Long.toHexString(System.nanoTime());
    database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'writer'");
    database.execute(
        "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + role);
    database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    destination.prepare(SchemaMode.MIGRATE);
    destination.completeLoad();
    ConnectionSettings admin = database.settings();
    ConnectionSettings writer =
        new ConnectionSettings(
            admin.name(),
            admin.url(),
            role,
            "writer",
            admin.maxConnections(),
            admin.statementTimeout(),
            admin.tls());
    try (Destination limited = new PostgreSqlDestination(writer)) {
      StoreException refusal =
          catchThrowableOfType(
              StoreException.class,
              () -> {
                try (Connection connection =
                        DriverManager.getConnection(writer.url(), role, "writer");
                    Statement statement = connection.createStatement()) {
                  statement.execute("CREATE TABLE mine (id INT)");
                } catch (SQLException e) {
                  throw new SqlErrors(writer).classify(e);
                }
              });
      assertThat(refusal).as("the account has no right to create tables").isNotNull();

      limited.prepare(SchemaMode.VALIDATE);
      limited.raiseFence(1);
      assertThat(
              limited.refresh(
                  new Range(0, 2),
                  FlatStream.of(List.of(SampleFlat.row(1, 10, 1))),
                  1,
                  TestLease.held(1)))
          .isEqualTo(new RefreshResult(1, 1, 0, 0, 0));
      assertThat(limited.refresh(new Range(0, 2), FlatStream.of(List.of()), 2, TestLease.held(1)))
          .isEqualTo(new RefreshResult(0, 0, 0, 1, 0));
      assertThat(limited.purgeTombstones(TestLease.held(1))).isEqualTo(1);
      assertThatCode(limited::completeLoad).doesNotThrowAnyException();
      limited.raiseFence(2);
    } finally {
      destination.close();
      database.execute("DROP OWNED BY " + role);
      database.execute("DROP ROLE " + role);
    }
  }

  private void assertRefused(String... words) {
    StoreException refusal =
        catchThrowableOfType(StoreException.class, () -> destination.prepare(SchemaMode.VALIDATE));
    assertThat(refusal).as("VALIDATE refuses").isNotNull();
    assertThat(refusal.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(refusal).hasMessageContainingAll(words);
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
