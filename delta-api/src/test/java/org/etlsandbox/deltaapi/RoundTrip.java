package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Executes what the API says of a table on another server and reads it back through the same API.
 *
 * <p>The new table has the same columns in the same order, each with the logical type that was
 * announced as stored, the same nullability and comment, the same key; and its own definition in
 * the dialect of its server is, word for word, the statement that made it, defaults included.
 */
record RoundTrip(RunningDdl api, Databases databases) {

  /** Leaves the new table where it is. */
  void run(String source, String table, String target, String dialect, String... namesAndValues) {
    String as = "%s of %s as %s".formatted(table, source, dialect);
    JsonNode announced =
        api.definition(source, databases.schema(source), table, dialect, namesAndValues);
    databases.of(target).execute(announced.get("sql").asString());

    JsonNode found =
        api.definition(target, databases.schema(target), table, dialect, namesAndValues);

    Map<String, JsonNode> columns = RunningDdl.columns(found);
    assertThat(columns.keySet())
        .as(as)
        .containsExactlyElementsOf(RunningDdl.columns(announced).keySet());
    RunningDdl.columns(announced)
        .forEach((name, column) -> {
          JsonNode now = columns.get(name);
          String where = as + ", column " + name;
          assertThat(now.get("logicalType")).as(where).isEqualTo(column.get("storedType"));
          assertThat(now.get("nullable")).as(where).isEqualTo(column.get("nullable"));
          assertThat(now.get("defaultValue")).as(where).isEqualTo(column.get("defaultValue"));
          assertThat(now.get("comment")).as(where).isEqualTo(column.get("comment"));
        });
    assertThat(found.get("comment")).as(as).isEqualTo(announced.get("comment"));
    assertThat(found.get("primaryKey")).as(as).isEqualTo(announced.get("primaryKey"));
    assertThat(found.get("sql").asString()).as(as).isEqualTo(announced.get("sql").asString());
  }
}
