package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.etlsandbox.clickhouse.ClickHouseDestinationProvider;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationProvider;
import org.etlsandbox.postgresql.PostgreSqlDestinationProvider;
import org.etlsandbox.sqlserver.SqlServerDestinationProvider;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API gives out as the suite's own table is, as a schema, what the adapters' migrations
 * make; and what it generates from a migrated destination is that, too.
 */
class SuiteTableTest {

  private static final String TABLE = SuiteTable.NAME;

  @Test
  void onPostgreSql(TestReporter reporter) {
    same(TestEngines.postgreSql(), new PostgreSqlDestinationProvider(), "postgresql", reporter);
  }

  @Test
  void onClickHouse(TestReporter reporter) {
    same(
        TestEngines.clickHouse(),
        new ClickHouseDestinationProvider(),
        "clickhouse",
        reporter,
        "engine",
        "ReplacingMergeTree",
        "versionColumn",
        "row_version",
        "deletedColumn",
        "is_deleted");
  }

  @Test
  void onSqlServer(TestReporter reporter) {
    same(TestEngines.sqlServer(), new SqlServerDestinationProvider(), "sqlserver", reporter);
  }

  private static void same(
      EngineUnderTest engine,
      DestinationProvider adapter,
      String dialect,
      TestReporter reporter,
      String... options) {
    try (Databases databases =
            new Databases().with("mars", engine).with("venus", engine).with("neptune", engine);
        RunningDdl api = RunningDdl.of(databases.bySource())) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, databases.of("mars").engine());
      migrate(adapter, databases.of("mars"));
      Function<String, JsonNode> definition =
          source -> api.definition(source, databases.schema(source), TABLE, dialect, options);
      JsonNode migrated = definition.apply("mars");

      databases.of("venus").execute(migrated.get("sql").asString());
      assertThat(schema(definition.apply("venus"))).isEqualTo(schema(migrated));

      String given =
          api.get("/customer-order-flat", "dialect", dialect).json().get("sql").asString();
      databases.of("neptune").execute(given);
      assertThat(schema(definition.apply("neptune"))).isEqualTo(schema(migrated));

      assertThat(RunningDdl.texts(migrated.get("primaryKey")))
          .containsExactly("rental_id", "payment_id", "category_id");
    }
  }

  private static void migrate(DestinationProvider adapter, TestDatabase database) {
    ConnectionSettings settings = database.settings();
    try (Destination destination = adapter.open(settings)) {
      destination.prepare();
    }
  }

  /** Without the notes, and the collations in the reasoning: a definition does not carry them. */
  private static JsonNode schema(JsonNode definition) {
    ObjectNode schema = (ObjectNode) definition.deepCopy();
    schema.remove("notes");
    schema.remove("source");
    schema.remove("schema");
    ((ArrayNode) schema.get("columns"))
        .forEach(column -> ((ObjectNode) column).remove("reasoning"));
    return schema;
  }
}
