package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.etlsandbox.deltaapi.catalogue.Product;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What is told of sources that answer, and of those that do not. */
@ExtendWith(OutputCaptureExtension.class)
class SourcesTest {

  @Test
  void listsWhatThereIsAndSaysWhatThereIsNot() {
    try (Databases databases =
            new Databases()
                .with("jupiter", TestEngines.mySql())
                .with("mars", TestEngines.postgreSql());
        RunningDdl api =
            RunningDdl.of(
                databases.bySource(), "--etl.ddl.sources.venus.url=jdbc:mysql://127.0.0.1:1/x")) {
      databases.of("jupiter").execute("CREATE TABLE film (id int)");
      databases.of("jupiter").execute("CREATE VIEW films AS SELECT * FROM film");
      databases.of("mars").execute("CREATE SCHEMA hidden CREATE TABLE secret (id int)");
      assertThat(api.get("").json().get("sources").valueStream().map(JsonNode::toString))
          .containsExactly(
              source("jupiter", "\"MySQL or MariaDB\"", true, true, "null"),
              source("mars", "\"PostgreSQL\"", true, true, "null"),
              source(
                  "venus",
                  "\"MySQL or MariaDB\"",
                  true,
                  false,
                  "\"Source 'venus' (MySQL or MariaDB) cannot be reached.\""),
              source("neptune", "null", false, false, "\"Its URL is not configured.\""),
              source("clickhouse", "null", false, false, "\"Its URL is not configured.\""));

      assertThat(api.get("/jupiter").body())
          .isEqualTo(
              "{\"source\":\"jupiter\",\"product\":\"MySQL or MariaDB\",\"schemas\":[{\"name\":\"%s\",\"tables\":[\"film\"],\"truncated\":false}]}"
                  .formatted(databases.schema("jupiter")));
      assertThat(api.get("/mars").body()).contains("\"public\"").doesNotContain("hidden", "secret");

      notFound(
          api, "/pluto", "The configuration has no source 'pluto'. It has: jupiter, mars, venus.");
      notFound(
          api,
          "/neptune",
          "The configuration (etl.ddl.sources.neptune.url) has no source 'neptune'. It has: jupiter, mars, venus.");
      notFound(
          api,
          "/mars/hidden/secret?dialect=mysql",
          "Source 'mars' has no schema 'hidden'. It has: public.");
      notFound(
          api,
          "/mars/pg_catalog/pg_authid?dialect=mysql",
          "Source 'mars' has no schema 'pg_catalog'. It has: public.");
      notFound(
          api,
          RunningDdl.path("jupiter", databases.schema("jupiter"), "films") + "?dialect=mysql",
          "Schema '%s' of source 'jupiter' has no table 'films'. It has: film."
              .formatted(databases.schema("jupiter")));
    }
  }

  private static String source(
      String name, String product, boolean configured, boolean reachable, String reason) {
    return "{\"name\":\"%s\",\"product\":%s,\"configured\":%s,\"reachable\":%s,\"reason\":%s}"
        .formatted(name, product, configured, reachable, reason);
  }

  private static void notFound(RunningDdl api, String path, String detail) {
    RunningDdl.Answer answer = api.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(404);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.json().get("detail").asString()).isEqualTo(detail);
  }

  @Test
  void tellsTheSchemasThatAreConfiguredAndNoOthers() {
    try (Databases databases = new Databases().with("mars", TestEngines.postgreSql());
        RunningDdl api =
            RunningDdl.of(databases.bySource(), "--etl.ddl.sources.mars.schemas=one,two")) {
      databases.of("mars").execute("CREATE SCHEMA one CREATE TABLE a (id int)");
      databases.of("mars").execute("CREATE TABLE public.b (id int)");

      assertThat(api.get("/mars").json().get("schemas").toString())
          .isEqualTo(
              "[{\"name\":\"one\",\"tables\":[\"a\"],\"truncated\":false},{\"name\":\"two\",\"tables\":[],\"truncated\":false}]");
      notFound(
          api,
          "/mars/public/b?dialect=mysql",
          "Source 'mars' has no schema 'public'. It has: one, two.");
      notFound(
          api,
          "/mars/two/a?dialect=mysql",
          "Schema 'two' of source 'mars' has no table 'a'. It has: none.");
    }
  }

  @Test
  void namesTwentyTablesOfMany() {
    try (Databases databases = new Databases().with("mars", TestEngines.postgreSql());
        RunningDdl api = RunningDdl.of(databases.bySource())) {
      databases
          .of("mars")
          .execute(
              "DO $$ BEGIN FOR i IN 1..1001 LOOP EXECUTE format('CREATE TABLE t%s (id int)', lpad(i::text, 4, '0')); END LOOP; END $$");
      JsonNode problem = api.get("/mars/public/none?dialect=mysql").json();
      assertThat(problem.get("known").size()).isEqualTo(20);
      assertThat(problem.get("detail").asString()).endsWith("t0019, t0020, ….");

      JsonNode schema = api.get("/mars").json().get("schemas").get(0);
      assertThat(schema.get("tables").size()).isEqualTo(1000);
      assertThat(schema.get("truncated").asBoolean()).isTrue();
      // Not listed, and there all the same
      api.definition("mars", "public", "t1001", "mysql");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://127.0.0.1:%d/x,                    MySQL or MariaDB",
    "jdbc:postgresql://127.0.0.1:%d/x,               PostgreSQL",
    "jdbc:sqlserver://127.0.0.1:%d;databaseName=x,   SQL Server",
    "jdbc:clickhouse://127.0.0.1:%d/x,               ClickHouse",
    "jdbc:ch://127.0.0.1:%d/x,                       ClickHouse",
  })
  void aSourceThatIsDownIsNamed(String url, String product, CapturedOutput log) throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (RunningDdl api =
        new RunningDdl(
            "--etl.ddl.sources.mars.url=" + url.formatted(free),
            "--etl.ddl.sources.mars.username=somebody",
            "--etl.ddl.sources.mars.password=hush-hush")) {
      for (String path : List.of("/mars", "/mars/x/y?dialect=mysql")) {
        unavailable(api, path, "Source 'mars' (%s) cannot be reached.".formatted(product));
      }
      assertThat(api.get("/customer-order-flat?dialect=postgresql").status()).isEqualTo(200);
    }
    assertThat(log.getAll()).doesNotContain("hush-hush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MySQL or MariaDB", "PostgreSQL", "ClickHouse", "SQL Server"})
  void aWrongPasswordIsNamedAndNotShown(String product, CapturedOutput log) {
    try (TestDatabase database =
        (switch (product) {
              case "MySQL or MariaDB" -> TestEngines.mySql();
              case "PostgreSQL" -> TestEngines.postgreSql();
              case "ClickHouse" -> TestEngines.clickHouse();
              default -> TestEngines.sqlServer();
            })
            .newDatabase()) {
      String[] arguments =
          Stream.concat(
                  RunningDdl.arguments("mars", database),
                  Stream.of("--etl.ddl.sources.mars.password=wr0ng-one"))
              .filter(argument ->
                  !argument.equals("--etl.ddl.sources.mars.password=" + database.password()))
              .toArray(String[]::new);
      try (RunningDdl api = new RunningDdl(arguments)) {
        unavailable(
            api, "/mars", "Source 'mars' (%s) refuses user name or password.".formatted(product));
      }
    }
    assertThat(log.getAll()).doesNotContain("wr0ng-one");
  }

  @Test
  void aSourceThatDoesNotAnswerInTimeIsNamed() throws SQLException {
    try (Databases databases = new Databases().with("mars", TestEngines.postgreSql());
        RunningDdl api = RunningDdl.of(databases.bySource(), "--etl.ddl.timeout=1s");
        Connection other = databases.of("mars").connect();
        Statement statement = other.createStatement()) {
      assertThat(api.get("/mars").status()).isEqualTo(200);
      other.setAutoCommit(false);
      statement.execute("CREATE TABLE film (id int)");
      other.commit();
      statement.execute("LOCK TABLE pg_catalog.pg_attrdef IN ACCESS EXCLUSIVE MODE");

      unavailable(
          api,
          "/mars/public/film?dialect=mysql",
          "Source 'mars' (PostgreSQL) did not answer in time.");

      other.rollback();
      api.definition("mars", "public", "film", "mysql");
    }
  }

  @Test
  void aSourceCannotBeWritten() throws SQLException {
    for (EngineUnderTest engine :
        List.of(TestEngines.mySql(), TestEngines.postgreSql(), TestEngines.clickHouse())) {
      try (TestDatabase database = engine.newDatabase();
          HikariDataSource pool =
              Product.of(database.url()).orElseThrow().pool(database.settings());
          Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("CREATE VIEW v AS SELECT 1 AS one"))
            .as(database.engine())
            .isInstanceOf(SQLException.class)
            .hasMessageMatching("(?is).*read.?only.*");
      }
    }
  }

  private static void unavailable(RunningDdl api, String path, String detail) {
    RunningDdl.Answer answer = api.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.json().get("title").asString()).isEqualTo("Source unavailable");
    assertThat(answer.json().get("source").asString()).isEqualTo("mars");
    assertThat(answer.json().get("detail").asString()).isEqualTo(detail);
    assertThat(answer.body()).doesNotContain("hush-hush", "wr0ng-one", "127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--etl.ddl.sources.mars.url=jdbc:h2:mem:x;password=pw1 | etl.ddl.sources.mars.url is jdbc:h2:mem:x: delta-api reads jdbc:mysql:…, jdbc:postgresql:…",
        "--etl.ddl.timeout=1500ms                              | etl.ddl.timeout is PT1.5S: it must be whole seconds, at least PT1S",
        "--etl.ddl.sources.pluto.url=jdbc:mysql://x/y          | etl.ddl.sources has pluto: the sources are jupiter, mars, venus, neptune, clickhouse",
      })
  void wrongConfigurationIsNamedInsteadOfStarting(
      String argument, String message, CapturedOutput log) {
    assertThatThrownBy(() -> new RunningDdl(argument).close());
    assertThat(log.getAll()).contains(message).doesNotContain("pw1");
  }

  @Test
  void systemSchemasAreNeverTold(CapturedOutput log) {
    assertThatThrownBy(() ->
        new RunningDdl(
                "--etl.ddl.sources.jupiter.url=jdbc:mysql://127.0.0.1:1/x",
                "--etl.ddl.sources.jupiter.schemas=sakila,MySQL")
            .close());
    assertThat(log.getAll())
        .contains("etl.ddl.sources.jupiter.schemas has mysql, a schema of MySQL or MariaDB's own");
  }
}
