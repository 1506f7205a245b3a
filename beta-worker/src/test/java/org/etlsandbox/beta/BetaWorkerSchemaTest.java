package org.etlsandbox.beta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.sakila.SakilaSeed;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.RunningWorker;
import org.etlsandbox.worker.MigrateMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** A worker that validates makes no tables: {@code migrate}, a process of its own, does. */
class BetaWorkerSchemaTest {

  @TempDir private Path directory;

  @Test
  void whoValidatesStopsWithTheReasonUntilMigrateHasRun(TestReporter reporter) throws Exception {
    try (TestDatabase jupiter = TestEngines.mariaDb().newDatabase();
        TestDatabase control = TestEngines.postgreSql().newDatabase();
        TestDatabase neptune = TestEngines.postgreSql().newDatabase()) {
      reporter.publishEntry("engine", neptune.engine() + " ← " + jupiter.engine());
      seed(jupiter);
      try (RunningWorker worker = start(jupiter, control, neptune)) {
        JsonNode status = awaitStopped(worker);
        assertThat(status.get("error").asString())
            .contains("control at ", "the tables are missing", "Run 'migrate'");
      }

      Ended first = migrate(control, neptune);
      assertThat(first.output())
          .contains("control at jdbc:postgresql:", "neptune at jdbc:postgresql:", "is ready");
      assertThat(first.output().lines()).as(first.output()).hasSize(2);
      assertThat(first.code()).as(first.output()).isZero();
      Ended again = migrate(control, neptune);
      assertThat(again.code()).as(again.output()).isZero();

      try (RunningWorker worker = start(jupiter, control, neptune)) {
        assertThat(worker.awaitInStep(60).get("rows").asLong()).isGreaterThan(500);
      }
      neptune.execute("DELETE FROM etl_schema_history WHERE version = '2'");
      try (RunningWorker worker = start(jupiter, control, neptune)) {
        assertThat(awaitStopped(worker).get("error").asString())
            .contains("neptune at ", "has version 1, this worker needs 2");
      }
    }
  }

  @Test
  void migrateSaysWhatItMisses() throws Exception {
    Ended ended = run(Map.of("CONTROL_URL", "jdbc:postgresql://127.0.0.1:1/control"));
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("migrate: CONTROL_USERNAME is not set.");
  }

  private static JsonNode awaitStopped(RunningWorker worker) {
    for (int tenths = 0; tenths < 300; tenths++) {
      JsonNode status = worker.status();
      if (status.get("state").asString().equals("stopped")) {
        return status;
      }
      RunningWorker.pause();
    }
    throw new AssertionError("Not stopped: " + worker.status());
  }

  private static RunningWorker start(
      TestDatabase jupiter, TestDatabase control, TestDatabase neptune) {
    return RunningWorker.start(
        BetaWorker.application(), jupiter, control, neptune, "--etl.schema=validate");
  }

  private static void seed(TestDatabase jupiter) throws Exception {
    try (Connection connection = jupiter.connect()) {
      SakilaSchema.create(connection, true);
    }
    SakilaSeed.builder()
        .rentals(500)
        .build()
        .load(new DriverManagerDataSource(jupiter.url(), jupiter.username(), jupiter.password()));
  }

  private Ended migrate(TestDatabase control, TestDatabase neptune) throws Exception {
    return run(
        Map.of(
            "CONTROL_URL", control.url(),
            "CONTROL_USERNAME", control.username(),
            "CONTROL_PASSWORD_FILE", secret("control", control),
            "NEPTUNE_URL", neptune.url(),
            "NEPTUNE_USERNAME", neptune.username(),
            "NEPTUNE_PASSWORD_FILE", secret("neptune", neptune),
            "ETL_TLS_DATABASES", "off"));
  }

  private String secret(String name, TestDatabase database) throws IOException {
    return Files.writeString(directory.resolve(name), database.password() + "\n").toString();
  }

  private Ended run(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MigrateMain.class.getName())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /** How a process ended. */
  private record Ended(int code, String output) {}
}
