package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.connection.SqlServerUrl;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What is answered while a SQL Server cannot serve: it has codes of its own. */
class SqlServerOutageTest {

  @Test
  void saysWhatIsWrong(TestReporter reporter) throws SQLException {
    try (TestDatabase database = TestEngines.sqlServer().newDatabase()) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      refusesAWrongPassword(database);
      refusesADatabaseThatIsNotThere(database);
      try (RunningApi api = api(database, database.url(), database.password())) {
        knowsThatTheWorkerHasNotStarted(database, api);
        database.execute(SqlServerQueryTest.TABLE);
        database.execute(SqlServerQueryTest.VIEW);
        api.get("/max-id").expectStatus().isOk();
        waitsNoLongerThanItMay(database, api);
        api.get("/max-id").expectStatus().isOk();
      }
    }
  }

  private static void refusesAWrongPassword(TestDatabase database) {
    try (RunningApi api = api(database, database.url(), "wr0ng")) {
      unavailable(
          api,
          "Destination 'mars' refuses user name or password: check etl.query.username and etl.query.password.");
    }
  }

  private static void refusesADatabaseThatIsNotThere(TestDatabase database) {
    String nowhere = SqlServerUrl.of(database.url()).withDatabase("etl_nowhere").url();
    try (RunningApi api = api(database, nowhere, database.password())) {
      unavailable(api, "Destination 'mars' does not have the database that etl.query.url names.");
    }
  }

  private static void knowsThatTheWorkerHasNotStarted(TestDatabase database, RunningApi api) {
    if (database.engine().startsWith("Babelfish")) {
      // It has a code of its own instead of 208, and is nothing that beta-api is made for
      api.get("/max-id").expectStatus().isEqualTo(500);
    } else {
      unavailable(
          api,
          "Destination 'mars' has no view customer_order_flat_current yet: its worker creates it when it starts.");
    }
  }

  private static void waitsNoLongerThanItMay(TestDatabase database, RunningApi api)
      throws SQLException {
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("ALTER TABLE customer_order_flat ADD locked int");
      if (database.engine().startsWith("Babelfish")) {
        // It hears of no cancellation while it waits for a lock; the driver then hangs up
        api.get("/max-id").expectStatus().isEqualTo(503);
      } else {
        unavailable(
            api,
            "Destination 'mars' did not answer in time: etl.query.timeout is PT1S, for exports etl.query.export-timeout is PT10M.");
      }
      other.rollback();
    }
  }

  @Test
  void saysThatItCannotBeReached() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    String url = "jdbc:sqlserver://127.0.0.1:%d;databaseName=x;password=hush".formatted(free);
    try (RunningApi api = new RunningApi("--etl.query.url=" + url)) {
      unavailable(api, "Destination 'mars' cannot be reached.");
    }
  }

  private static RunningApi api(TestDatabase database, String url, String password) {
    return new RunningApi(
        "--etl.query.url=" + url,
        "--etl.query.username=" + database.username(),
        "--etl.query.password=" + password,
        "--etl.query.timeout=1s");
  }

  private static void unavailable(RunningApi api, String detail) {
    String problem =
        api.get("/max-id")
            .expectStatus()
            .isEqualTo(503)
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();
    assertThat(problem).contains("\"detail\":\"" + detail + "\"");
  }
}
