package org.etlsandbox.beta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.engines.MySqlEngine;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.sakila.JdbcSakilaWriter;
import org.etlsandbox.testkit.sakila.SampleSakila;
import org.etlsandbox.testkit.tls.TestCertificates;
import org.etlsandbox.testkit.tls.TestCertificates.Identity;
import org.etlsandbox.testkit.worker.RunningWorker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** A worker with nothing but {@code etl.tls.ca} set, between servers that speak TLS only. */
class BetaWorkerTlsTest {

  @TempDir private static Path directory;

  private static TestCertificates certificates;
  private static Engine mySql;
  private static Engine postgreSql;

  @BeforeAll
  static void startServers() throws IOException, SQLException {
    certificates = new TestCertificates(directory);
    Identity shown = new Identity(directory.resolve("server.crt"), directory.resolve("server.key"));
    certificates.fitting().copyTo(shown);
    try {
      mySql =
          MySqlEngine.start(
              EngineOptions.temporary().toBuilder()
                  .setting("ssl-ca", certificates.authority().toString())
                  .setting("ssl-cert", shown.certificate().toString())
                  .setting("ssl-key", shown.key().toString())
                  .build());
      postgreSql =
          PostgreSqlEngine.start(
              EngineOptions.temporary().toBuilder()
                  .setting("ssl", "on")
                  .setting("ssl_cert_file", shown.certificate().toString())
                  .setting("ssl_key_file", shown.key().toString())
                  .build());
    } catch (EngineUnavailableException e) {
      abort(e.getMessage());
    }
    postgreSql.createDatabase("control");
    postgreSql.createDatabase("neptune");
    DriverManagerDataSource admin =
        new DriverManagerDataSource(mySql.jdbcUrl(), mySql.username(), mySql.password());
    try (Connection connection = admin.getConnection()) {
      SakilaSchema.create(connection, true);
    }
    new JdbcSakilaWriter(admin)
        .put(SampleSakila.shop(500, 7, Instant.parse("2026-01-02T03:04:05Z")));
  }

  @AfterAll
  static void stopServers() {
    if (mySql != null) {
      mySql.close();
    }
    if (postgreSql != null) {
      postgreSql.close();
    }
  }

  @BeforeEach
  void report(TestReporter reporter) {
    reporter.publishEntry(
        EngineReport.ENGINE_ENTRY, "PostgreSQL %s (embedded)".formatted(postgreSql.version()));
  }

  @Test
  void copiesOverEncryptedConnectionsOnly() throws SQLException {
    try (RunningWorker worker = start(certificates.authority())) {
      worker.awaitInStep(60);
      assertThat(sessions("ssl")).isPositive();
      assertThat(sessions("NOT ssl")).isZero();
    }
  }

  @Test
  void aCertificateThatDoesNotFitIsShownAndHealsWhenTheFileIsPutRight() throws IOException {
    Path file = directory.resolve("authorities.pem");
    Files.copy(certificates.anotherAuthority(), file, StandardCopyOption.REPLACE_EXISTING);
    try (RunningWorker worker = start(file)) {
      JsonNode status =
          worker.await("failing", 30, seen -> seen.get("state").asString().equals("failing"));
      assertThat(status.get("error").asString())
          .startsWith("control at jdbc:postgresql://127.0.0.1:")
          .contains("no secure connection: its certificate (subject CN=Server, issued by ")
          .contains("ETL_TLS_CA");
      Files.copy(certificates.authority(), file, StandardCopyOption.REPLACE_EXISTING);
      worker.awaitInStep(60);
    }
  }

  private static RunningWorker start(Path authorities) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(database("jupiter", mySql, mySql.jdbcUrl().replaceFirst("\\?.*", "")));
    arguments.addAll(database("control", postgreSql, postgreSql.jdbcUrl("control")));
    arguments.addAll(database("destination", postgreSql, postgreSql.jdbcUrl("neptune")));
    arguments.add("--etl.tls.ca=" + authorities);
    arguments.add("--etl.retry.max=500ms");
    return RunningWorker.verifying(BetaWorker.application(), arguments);
  }

  private static List<String> database(String name, Engine engine, String url) {
    return List.of(
        "--etl." + name + ".url=" + url,
        "--etl." + name + ".username=" + engine.username(),
        "--etl." + name + ".password=" + engine.password());
  }

  /** The worker's own sessions, in both databases. */
  private static int sessions(String condition) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgreSql.jdbcUrl() + "?sslmode=disable",
                postgreSql.username(),
                postgreSql.password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                 WHERE application_name LIKE 'etl-%%' AND %s
                """
                    .formatted(condition))) {
      row.next();
      return row.getInt(1);
    }
  }
}
