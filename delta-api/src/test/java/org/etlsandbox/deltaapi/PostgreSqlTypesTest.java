package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;

class PostgreSqlTypesTest extends DdlTypesContract {

  PostgreSqlTypesTest() {
    super(TestEngines.postgreSql(), "PostgreSQL");
  }

  @Override
  String create(String table, List<String> columns) {
    return "CREATE TABLE %s (%s)".formatted(table, String.join(", ", columns));
  }

  @Test
  @Override
  void otherTypesAreRefusedByName() throws SQLException {
    // Every type that the server brings along, with nothing declared about it
    List<String> names =
        names(
            """
            SELECT typname
              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
             WHERE n.nspname = 'pg_catalog' AND t.typtype IN ('b', 'r', 'm') AND t.typcategory <> 'Z'
               AND (t.typcategory <> 'A' OR t.typname = '_int4')
             ORDER BY typname
            """);
    assertThat(names).contains("money", "interval", "inet", "xml", "_int4", "int4range");
    databases()
        .of("jupiter")
        .execute(
            names.stream()
                .map(name -> "\"%1$s\" pg_catalog.\"%1$s\"".formatted(name))
                .collect(Collectors.joining(", ", "CREATE TABLE every_type (", ")")));

    Set<String> known = new TreeSet<>(names);
    refused("every_type", "postgresql").forEach(one -> known.remove(one.split(" ", 2)[0]));

    assertThat(known)
        .containsExactlyInAnyOrder(
            // bit without a length is another type than bit(1), and refused
            "bool",
            "bpchar",
            "bytea",
            "date",
            "float4",
            "float8",
            "int2",
            "int4",
            "int8",
            "json",
            "jsonb",
            "numeric",
            "text",
            "time",
            "timestamp",
            "timestamptz",
            "uuid",
            "varchar");
  }

  @Test
  void anEnumerationOfTheUsersIsOne() {
    databases()
        .of("jupiter")
        .execute("CREATE TYPE \"Rating\" AS ENUM ('G', 'it''s', 'back\\slash')");
    databases()
        .of("jupiter")
        .execute("CREATE TABLE rated (id int PRIMARY KEY, rating \"Rating\" DEFAULT 'it''s')");

    RoundTrip roundTrip = new RoundTrip(api(), databases());
    roundTrip.run("jupiter", "rated", "neptune", "postgresql");
    roundTrip.run("jupiter", "rated", "clickhouse", "clickhouse");
    roundTrip.run("jupiter", "rated", "venus", "mysql");
  }

  private List<String> names(String sql) throws SQLException {
    try (Connection connection = databases().of("jupiter").connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }
}
