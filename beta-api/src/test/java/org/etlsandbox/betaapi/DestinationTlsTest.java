package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.tls.TestCertificates;
import org.etlsandbox.testkit.tls.TestCertificates.Identity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The API's own pool verifies the destination by the same properties as the workers'. */
class DestinationTlsTest {

  @TempDir private static Path directory;
  private static TestCertificates certificates;
  private static Engine engine;

  @BeforeAll
  static void startServer() throws IOException {
    certificates = new TestCertificates(directory);
    Identity shown = new Identity(directory.resolve("server.crt"), directory.resolve("server.key"));
    certificates.fitting().copyTo(shown);
    try {
      engine =
          PostgreSqlEngine.start(
              EngineOptions.temporary().toBuilder()
                  .setting("ssl", "on")
                  .setting("ssl_cert_file", shown.certificate().toString())
                  .setting("ssl_key_file", shown.key().toString())
                  .build());
    } catch (EngineUnavailableException e) {
      abort(e.getMessage());
    }
  }

  @AfterAll
  static void stopServer() {
    if (engine != null) {
      engine.close();
    }
  }

  @BeforeEach
  void report(TestReporter reporter) {
    reporter.publishEntry(
        EngineReport.ENGINE_ENTRY, "PostgreSQL %s (embedded)".formatted(engine.version()));
  }

  @Test
  void queriesOverAnEncryptedConnection() throws SQLException {
    try (RunningApi api = start(certificates.authority())) {
      assertThat(reason(api)).contains("has no view");
      assertThat(sessions("ssl")).isPositive();
      assertThat(sessions("NOT ssl")).isZero();
    }
  }

  @Test
  void saysWhyThereIsNone() {
    try (RunningApi api = start(certificates.anotherAuthority())) {
      assertThat(reason(api))
          .contains(
              "Destination 'mars' offers no secure connection: its certificate (subject CN=Server, issued by");
    }
  }

  private static RunningApi start(Path authorities) {
    return new RunningApi(
        "--etl.query.url=" + engine.jdbcUrl(),
        "--etl.query.username=" + engine.username(),
        "--etl.query.password=" + engine.password(),
        "--etl.query.tls=verify",
        "--etl.tls.ca=" + authorities);
  }

  private static String reason(RunningApi api) {
    return String.valueOf(
        api.get("/max-id")
            .expectStatus()
            .isEqualTo(503)
            .returnResult(String.class)
            .getResponseBody());
  }

  /** Those of other clients than this test. */
  private static int sessions(String condition) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                engine.jdbcUrl() + "?sslmode=disable", engine.username(), engine.password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                 WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND %s
                """
                    .formatted(condition))) {
      row.next();
      return row.getInt(1);
    }
  }
}
