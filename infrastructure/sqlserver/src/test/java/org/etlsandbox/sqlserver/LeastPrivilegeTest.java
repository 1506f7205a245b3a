package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.testkit.SampleFlat;
import org.etlsandbox.testkit.TestLease;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The script for administrators gives a worker all that it needs, and not the whole database. */
class LeastPrivilegeTest {
  private static final Path SCRIPT = Path.of("../../docs/sqlserver-permissions.sql");
  private static final Pattern BATCH_END = Pattern.compile("(?m)^GO\\s*$");

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String login = "etl_test_" + suffix;
  private final String reader = "etl_test_reader_" + suffix;
  private final String password = "Pw-" + UUID.randomUUID();
  private TestDatabase database;

  @BeforeEach
  void runScript(TestReporter reporter) throws SQLException, IOException {
    database = TestEngines.sqlServer().newDatabase();
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
    String script = Files.readString(SCRIPT);
    for (Map.Entry<String, String> variable :
        Map.of(
                "Database", database.name(),
                "Login", login,
                "Password", password,
                "Reader", reader,
                "ReaderPassword", password)
            .entrySet()) {
      script = script.replace("$(" + variable.getKey() + ")", variable.getValue());
    }
    assertThat(script).doesNotContain("$(");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String batch : BATCH_END.split(script)) {
        if (!isBeyond(batch)) {
          statement.execute(batch);
        }
      }
    }
  }

  /** Babelfish grants nothing on a database: there the owner of a schema may create tables. */
  private boolean isBeyond(String batch) {
    return isBabelfish() && batch.contains("GRANT CREATE TABLE");
  }

  private boolean isBabelfish() {
    return database.engine().startsWith("Babelfish");
  }

  @AfterEach
  void dropLogins() {
    if (database != null) {
      database.close();
      try (TestDatabase other = TestEngines.sqlServer().newDatabase()) {
        other.execute("DROP LOGIN " + login);
        other.execute("DROP LOGIN " + reader);
      }
    }
  }

  @Test
  void theWorkerCanDoItsWorkInItsOwnSchemaAndNowhereElse() throws SQLException {
    database.execute("CREATE TABLE dbo.secrets (word nvarchar(10) NOT NULL)");
    ConnectionSettings settings =
        new ConnectionSettings("mars", database.url(), login, password, 2).with(DatabaseTls.OFF);
    try (Destination destination = new SqlServerDestinationProvider().open(settings)) {
      destination.prepare();
      destination.raiseFence(1);
      CustomerOrderFlat row = SampleFlat.row(1, 1, 1);
      assertThat(refresh(destination, new Range(0, 10), row).inserted()).isEqualTo(1);
      assertThat(refresh(destination, new Rentals(1)).tombstoned()).isEqualTo(1);
      assertThat(refresh(destination, new Rentals(1), row).inserted()).isEqualTo(1);
      assertThat(destination.rentalsHolding(new long[] {1})).containsExactly(1);
      assertThat(destination.prepare().epoch()).isEqualTo(1);
    }
    if (isBabelfish()) { // there a grant on a schema does not reach what is created in it later
      database.execute("GRANT SELECT ON etl.customer_order_flat_current TO " + reader);
    }
    try (Connection worker = connect(login);
        Connection api = connect(reader)) {
      assertThat(worker.createStatement().executeQuery("SELECT * FROM customer_order_flat").next())
          .isTrue();
      assertThat(
              api.createStatement()
                  .executeQuery("SELECT * FROM customer_order_flat_current")
                  .next())
          .isTrue();
      deniedToAllButTheAdministrator(worker, "SELECT * FROM dbo.secrets");
      deniedToAllButTheAdministrator(worker, "CREATE TABLE dbo.mine (id int)");
      deniedToAllButTheAdministrator(api, "SELECT * FROM dbo.secrets");
      deniedToAllButTheAdministrator(api, "UPDATE etl.etl_destination SET epoch = 99");
      deniedToAllButTheAdministrator(api, "DELETE FROM etl.customer_order_flat");
      deniedToAllButTheAdministrator(worker, "DROP TABLE dbo.secrets");
    }
  }

  private Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(database.url(), user, password);
  }

  private static RefreshResult refresh(
      Destination destination, org.etlsandbox.flat.RefreshScope scope, CustomerOrderFlat... rows) {
    return destination.refresh(scope, FlatStream.of(List.of(rows)), 1, TestLease.held(1));
  }

  /** The administrator shows that nothing else is wrong with the statement. */
  private void deniedToAllButTheAdministrator(Connection connection, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(SQLException.class);
    }
    database.execute(sql);
  }
}
