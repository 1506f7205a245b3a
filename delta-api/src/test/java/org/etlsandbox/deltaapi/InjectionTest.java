package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What strangers may put into paths and parameters; the databases behind are real. */
class InjectionTest {

  private static Databases databases;
  private static RunningDdl api;

  @BeforeAll
  static void start() {
    databases =
        new Databases()
            .with("jupiter", TestEngines.mySql())
            .with("neptune", TestEngines.postgreSql())
            .with("clickhouse", TestEngines.clickHouse());
    api = RunningDdl.of(databases.bySource());
    databases
        .of("jupiter")
        .execute(
            """
            CREATE TABLE rental (
              rental_id bigint NOT NULL PRIMARY KEY, day date NOT NULL, returned datetime,
              version bigint unsigned NOT NULL, deleted tinyint unsigned NOT NULL,
              price double NOT NULL, title varchar(20) NOT NULL)
            """);
    databases.of("neptune").execute("CREATE TABLE rental (id int PRIMARY KEY)");
    databases
        .of("clickhouse")
        .execute("CREATE TABLE rental (id Int32) ENGINE = MergeTree ORDER BY id");
  }

  @AfterAll
  static void stop() {
    api.close();
    databases.close();
  }

  static Stream<String> hostile() {
    return Stream.of(
        "' OR '1'='1",
        "rental' --",
        "rental\" --",
        "rental`; DROP TABLE rental; --",
        "rental'; DROP TABLE rental; --",
        "rental' UNION SELECT password FROM mysql.user; --",
        "'; WAITFOR DELAY '0:0:10'; --",
        "' AND sleep(10) AND '1'='1",
        "pg_sleep(10)",
        "{x:String}",
        "${jndi:ldap://x}",
        "#{7*7}",
        "<script>",
        "%s%n%d",
        "rental%",
        "renta_",
        "RENTAL",
        "rental ",
        "\0",
        "rental\0",
        "a\nb",
        "\uFFFF",
        "🎬",
        "x".repeat(2000),
        "information_schema",
        "mysql",
        "pg_catalog",
        "system",
        "..",
        "*");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void noPartOfThePathNamesMoreThanThereIs(String text) {
    for (String source : List.of("jupiter", "neptune", "clickhouse")) {
      refused(api.get(RunningDdl.path(source, databases.schema(source), text), dialect()));
      refused(api.get(RunningDdl.path(source, text, "rental"), dialect()));
      refused(api.get(RunningDdl.path(text, databases.schema(source), "rental"), dialect()));
      if (!text.equals("mysql")) {
        refused(
            api.get(RunningDdl.path(source, databases.schema(source), "rental"), "dialect", text));
      }
    }
    for (String parameter :
        List.of("engine", "versionColumn", "deletedColumn", "partitionBy", "orderBy")) {
      refused(
          api.get(
              RunningDdl.path("jupiter", databases.schema("jupiter"), "rental"),
              "dialect",
              "clickhouse",
              parameter,
              text));
    }
    refused(api.get("/customer-order-flat", "dialect", text));
    for (String source : List.of("jupiter", "neptune", "clickhouse")) {
      assertThat(
              api.get(RunningDdl.path(source, databases.schema(source), "rental"), dialect())
                  .status())
          .isEqualTo(200);
    }
  }

  private static String[] dialect() {
    return new String[] {"dialect", "postgresql"};
  }

  private static void refused(RunningDdl.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isIn(400, 404);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body()).doesNotContain("SQLException", "at org.", "jdbc:");
    assertThat(answer.body().length()).isLessThan(4000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "partitionBy | toYYYYMM(day)                  | PARTITION BY toYYYYMM(`day`)",
        "partitionBy | toYear(day)                    | PARTITION BY toYear(`day`)",
        "partitionBy | intDiv(rental_id, 1000)        | PARTITION BY intDiv(`rental_id`, 1000)",
        "partitionBy | intDiv(rental_id,1000)         | PARTITION BY intDiv(`rental_id`, 1000)",
        "partitionBy | title                          | PARTITION BY `title`",
        "orderBy     | title,rental_id                | ORDER BY (`title`, `rental_id`)",
        "engine      | ReplacingMergeTree             | ENGINE = ReplacingMergeTree",
      })
  void optionsOfClickHouse(String parameter, String value, String part) {
    JsonNode definition =
        api.definition(
            "jupiter", databases.schema("jupiter"), "rental", "clickhouse", parameter, value);
    assertThat(definition.get("sql").asString().lines()).contains(part);
    databases.of("clickhouse").execute("DROP TABLE rental SYNC");
    databases.of("clickhouse").execute(definition.get("sql").asString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clickhouse | engine        | Log                      | be one of: MergeTree, ReplacingMergeTree",
        "clickhouse | versionColumn | version                  | come with engine=ReplacingMergeTree",
        "clickhouse | deletedColumn | deleted                  | come with versionColumn",
        "clickhouse | partitionBy   | rand()                   | be a column, toYYYYMM(column)",
        "clickhouse | partitionBy   | toYYYYMM(nothing)        | name a column of the table (rental_id, day, ",
        "clickhouse | partitionBy   | toYYYYMM(returned)       | be a date or a time, never null (the column is wall clock(0), nullable)",
        "clickhouse | partitionBy   | toYear(title)            | be a date or a time, never null (the column is text(20))",
        "clickhouse | partitionBy   | intDiv(rental_id, 0)     | be a column, toYYYYMM(column)",
        "clickhouse | partitionBy   | intDiv(rental_id, 1)); DROP | be a column, toYYYYMM(column)",
        "clickhouse | partitionBy   | intDiv(price, 10)        | be an integer, never null",
        "clickhouse | partitionBy   | price                    | be no floating point number",
        "clickhouse | orderBy       | returned                 | be never null",
        "clickhouse | orderBy       | title,title              | name columns, each once",
        "postgresql | engine        | MergeTree                | be left out with dialect=postgresql",
        "mysql      | orderBy       | title                    | be left out with dialect=mysql",
        "sqlserver  | partitionBy   | title                    | be left out with dialect=sqlserver",
      })
  void optionsThatDoNotFitAreRefusedByName(
      String dialect, String parameter, String value, String must) {
    RunningDdl.Answer answer =
        api.get(
            RunningDdl.path("jupiter", databases.schema("jupiter"), "rental"),
            "dialect",
            dialect,
            parameter,
            value);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("parameter").asString()).isEqualTo(parameter);
    assertThat(answer.json().get("detail").asString()).contains("must " + must);
  }

  @ParameterizedTest
  @CsvSource({"title, deleted", "price, deleted", "returned, deleted", "version, rental_id"})
  void versionAndDeletionMustBeOfTheRightType(String version, String deleted) {
    RunningDdl.Answer answer =
        api.get(
            RunningDdl.path("jupiter", databases.schema("jupiter"), "rental"),
            "dialect",
            "clickhouse",
            "engine",
            "ReplacingMergeTree",
            "versionColumn",
            version,
            "deletedColumn",
            deleted);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
  }
}
