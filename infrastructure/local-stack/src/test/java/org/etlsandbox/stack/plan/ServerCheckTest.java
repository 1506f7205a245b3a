package org.etlsandbox.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.connection.SqlServerUrl;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.MariaDbEngine;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class ServerCheckTest {

  @Test
  void anUnreachableServerIsNamedWithoutItsPassword() {
    ExternalServer nowhere =
        new ExternalServer(
            Store.CONTROL,
            "jdbc:postgresql://127.0.0.1:%d/control".formatted(PortHolder.free()),
            "me",
            "hush",
            DatabaseTls.OFF);
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> ServerCheck.requireAll(List.of(nowhere)))
        .withMessageContaining("CONTROL_URL (" + nowhere.url() + ") cannot be reached")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void postgreSqlSaysWhatItMinds() throws InterruptedException {
    try (PostgreSqlEngine engine = PostgreSqlEngine.start(EngineOptions.temporary())) {
      ExternalServer right =
          new ExternalServer(
              Store.NEPTUNE,
              engine.jdbcUrl(),
              engine.username(),
              engine.password(),
              DatabaseTls.OFF);
      assertThat(ServerCheck.requireAll(List.of(right)))
          .singleElement()
          .satisfies(answer -> assertThat(answer.product()).isEqualTo("PostgreSQL"));
      expect(
          new ExternalServer(
              Store.NEPTUNE, engine.jdbcUrl(), engine.username(), "wrong", DatabaseTls.OFF),
          "refused user 'postgres': check NEPTUNE_USERNAME and NEPTUNE_PASSWORD");
      expect(
          new ExternalServer(
              Store.NEPTUNE,
              engine.jdbcUrl("nothing"),
              engine.username(),
              engine.password(),
              DatabaseTls.OFF),
          "has no such database");
    }
  }

  @Test
  void mariaDbSaysWhatItMinds() {
    try (MariaDbEngine engine = MariaDbEngine.start(EngineOptions.temporary())) {
      expect(
          new ExternalServer(
              Store.JUPITER, engine.jdbcUrl(), engine.username(), "wrong", DatabaseTls.OFF),
          "check JUPITER_USERNAME and JUPITER_PASSWORD");
      expect(
          new ExternalServer(
              Store.JUPITER,
              engine.jdbcUrl("nothing"),
              engine.username(),
              engine.password(),
              DatabaseTls.OFF),
          "has no such database");
    }
  }

  @Test
  void sqlServerSaysWhatItMinds(TestReporter reporter) throws InterruptedException {
    try (TestDatabase database = TestEngines.sqlServer().newDatabase()) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      ExternalServer right =
          new ExternalServer(
              Store.MARS,
              database.url(),
              database.username(),
              database.password(),
              DatabaseTls.OFF);
      ServerCheck.Answer answer = ServerCheck.requireAll(List.of(right)).getFirst();
      assertThat(database.engine())
          .startsWith(answer.product() + " " + answer.version().split("[ -]")[0]);
      expect(
          new ExternalServer(
              Store.MARS, database.url(), database.username(), "wrong", DatabaseTls.OFF),
          "refused user '%s': check MARS_USERNAME and MARS_PASSWORD.".formatted(right.username()));
      SqlServerUrl url = SqlServerUrl.of(database.url());
      expect(
          new ExternalServer(
              Store.MARS,
              url.withDatabase("etl_none").url(),
              database.username(),
              database.password(),
              DatabaseTls.OFF),
          "has no database 'etl_none', or user '%s' may not open it: create it as an administrator (CREATE DATABASE [etl_none];)"
              .formatted(right.username()));
      expect(
          new ExternalServer(
              Store.MARS,
              "jdbc:sqlserver://127.0.0.1:%d;databaseName=mars".formatted(PortHolder.free()),
              "me",
              "hush",
              DatabaseTls.OFF),
          "cannot be reached");
    }
  }

  private static void expect(ExternalServer server, String words) {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> ServerCheck.requireAll(List.of(server)))
        .withMessageContaining(words);
  }
}
