package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.etlsandbox.deltaapi.DdlTypesPage.Row;
import org.etlsandbox.deltaapi.DdlTypesPage.Section;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A product as a source: {@code docs/ddl-types.md} says what the code does, on real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DdlTypesContract {

  private static final String SOURCE = "jupiter";
  private static final List<String> DIALECTS =
      List.of("clickhouse", "postgresql", "sqlserver", "mysql");

  private final EngineUnderTest engine;
  private final Section page;
  private Databases databases;
  private RunningDdl api;

  /**
   * @param product as the page calls it in the heading
   */
  DdlTypesContract(EngineUnderTest engine, String product) {
    this.engine = engine;
    this.page = DdlTypesPage.from(product);
  }

  /** A CREATE TABLE of the product, without a key. */
  abstract String create(String table, List<String> columns);

  /** Whether the engine that stands in for the product has the type. */
  boolean has(Row row) {
    return true;
  }

  private List<Row> rowsFor(String dialect) {
    return page.rows().stream()
        .filter(row -> row.targets().containsKey(dialect) && has(row))
        .toList();
  }

  @BeforeAll
  void start() {
    databases =
        new Databases()
            .with(SOURCE, engine)
            .with("neptune", TestEngines.postgreSql())
            .with("clickhouse", TestEngines.clickHouse())
            .with("venus", TestEngines.mySql())
            .withIfThereIs("mars", TestEngines.sqlServer());
    api = RunningDdl.of(databases.bySource());
  }

  @AfterAll
  void stop() {
    if (api != null) {
      api.close();
    }
    if (databases != null) {
      databases.close();
    }
  }

  @BeforeEach
  void report(TestReporter reporter) {
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, databases.of(SOURCE).engine());
  }

  Databases databases() {
    return databases;
  }

  RunningDdl api() {
    return api;
  }

  private void createTable(String table, List<Row> rows) {
    databases
        .of(SOURCE)
        .execute(
            create(
                table,
                IntStream.range(0, rows.size())
                    .mapToObj(i -> "c%02d %s".formatted(i, rows.get(i).type()))
                    .toList()));
  }

  private JsonNode definition(String table, String dialect) {
    return api.definition(SOURCE, databases.schema(SOURCE), table, dialect);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clickhouse", "postgresql", "sqlserver", "mysql"})
  void everyTypeBecomesWhatThePageSays(String dialect) {
    List<Row> rows = rowsFor(dialect);
    String table = "mapped_" + dialect;
    createTable(table, rows);

    List<List<String>> actual = new ArrayList<>();
    for (JsonNode column : definition(table, dialect).get("columns")) {
      actual.add(
          List.of(
              column.get("sourceType").asString(),
              column.get("logicalType").asString(),
              withoutNull(column.get("targetType").asString())));
      assertThat(column.get("reasoning").asString()).as(column.toString()).endsWith(".");
    }

    assertThat(actual)
        .containsExactlyElementsOf(
            rows.stream()
                .map(row -> List.of(row.type(), row.logicalType(), row.targets().get(dialect)))
                .toList());
  }

  private static String withoutNull(String type) {
    return type.startsWith("Nullable(") ? type.substring(9, type.length() - 1) : type;
  }

  @ParameterizedTest
  @CsvSource({
    "clickhouse, clickhouse",
    "postgresql, neptune",
    "sqlserver,  mars",
    "mysql,      venus",
  })
  void everyTypeIsExecutedAndReadBack(String dialect, String target) {
    databases.require(target);
    List<Row> rows =
        rowsFor(dialect).stream()
            .filter(row -> isReadBack(row, databases.of(target).engine(), dialect))
            .toList();
    String table = "round_" + dialect;
    createTable(table, rows);

    new RoundTrip(api, databases).run(SOURCE, table, target, dialect);
  }

  // Babelfish keeps six digits of a second, and shows a CHECK in PostgreSQL's words
  private static boolean isReadBack(Row row, String engine, String dialect) {
    return !engine.startsWith("Babelfish")
        || !row.targets().get(dialect).endsWith("(7)") && !row.logicalType().startsWith("one of ");
  }

  @Test
  void whatADialectDoesNotHaveIsRefusedNamingColumnAndType() {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    Map<String, List<String>> actual = new LinkedHashMap<>();
    List<Row> rows =
        page.rows().stream().filter(row -> row.targets().size() < DIALECTS.size()).toList();
    if (rows.isEmpty()) {
      return;
    }
    createTable("hard", rows);
    for (String dialect : DIALECTS) {
      List<String> refused = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        if (!rows.get(i).targets().containsKey(dialect)) {
          refused.add("c%02d %s".formatted(i, rows.get(i).type()));
        }
      }
      expected.put(dialect, refused);
      actual.put(dialect, refused("hard", dialect));
    }
    assertThat(actual).isEqualTo(expected);
  }

  /** Column and type of all that is refused; nothing where the table is written. */
  List<String> refused(String table, String dialect) {
    RunningDdl.Answer answer =
        api.get(RunningDdl.path(SOURCE, databases.schema(SOURCE), table), "dialect", dialect);
    if (answer.status() == 200) {
      return List.of();
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    JsonNode problem = answer.json();
    List<String> all =
        problem
            .get("refused")
            .valueStream()
            .map(one -> one.get("column").asString() + " " + one.get("type").asString())
            .toList();
    assertThat(problem.get("column").asString() + " " + problem.get("type").asString())
        .isEqualTo(all.getFirst());
    assertThat(problem.get("detail").asString())
        .contains("'" + problem.get("column").asString() + "'");
    return all;
  }

  @Test
  void otherTypesAreRefusedByName() throws Exception {
    assertThat(page.refused()).isNotEmpty();
    List<String> columns =
        IntStream.range(0, page.refused().size())
            .mapToObj(i -> "x%02d %s".formatted(i, page.refused().get(i)))
            .toList();
    databases
        .of(SOURCE)
        .execute(
            create(
                "unknown_types",
                Stream.concat(Stream.of("id " + idType()), columns.stream()).toList()));

    for (String dialect : DIALECTS) {
      assertThat(refused("unknown_types", dialect).stream().map(String::toLowerCase).toList())
          .containsExactlyElementsOf(
              columns.stream().map(String::toLowerCase).collect(Collectors.toList()));
    }
  }

  String idType() {
    return "int";
  }
}
