package org.etlsandbox.deltaapi.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.etlsandbox.deltaapi.catalogue.ColumnReader.Read;
import org.etlsandbox.deltaapi.schema.Column;
import org.etlsandbox.deltaapi.schema.DefaultValue;
import org.etlsandbox.deltaapi.schema.DefaultValue.CurrentTime;
import org.etlsandbox.deltaapi.schema.DefaultValue.Expression;
import org.etlsandbox.deltaapi.schema.DefaultValue.Literal;
import org.etlsandbox.deltaapi.schema.Literals;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Instant;
import org.etlsandbox.deltaapi.schema.Table;
import org.jspecify.annotations.Nullable;

/** ClickHouse, where the sorting key stands for the primary key. */
final class ClickHouseCatalogue implements Catalogue {

  private static final String SCHEMA = "SELECT currentDatabase()";

  private static final String TABLES =
      """
      SELECT name
      FROM system.tables
      WHERE database = ? AND NOT is_temporary AND engine NOT LIKE '%View'
      ORDER BY name
      LIMIT ?
      """;

  private static final String TABLE =
      """
      SELECT name
      FROM system.tables
      WHERE database = ? AND name = ? AND NOT is_temporary AND engine NOT LIKE '%View'
      """;

  private static final String DESCRIPTION =
      """
      SELECT engine, sorting_key, comment
      FROM system.tables
      WHERE database = ? AND name = ?
      """;

  private static final String COLUMNS =
      """
      SELECT name, type, default_kind, default_expression, comment
      FROM system.columns
      WHERE database = ? AND table = ?
      ORDER BY position
      """;

  private static final Pattern CURRENT_TIME = Pattern.compile("now64\\([^()]*\\)|now\\([^()]*\\)");
  private static final Pattern BARE = Pattern.compile("-?[0-9.]+|true|false");

  /**
   * @param sortingKey expressions, joined by commas
   */
  private record Description(String engine, String sortingKey, String comment) {}

  @Override
  public Optional<String> currentSchema(Rows rows) throws SQLException {
    return Optional.of(rows.texts(SCHEMA).getFirst());
  }

  @Override
  public List<String> tables(Rows rows, String schema, int limit) throws SQLException {
    return rows.texts(TABLES, schema, limit);
  }

  @Override
  public boolean hasTable(Rows rows, String schema, String table) throws SQLException {
    return rows.texts(TABLE, schema, table).contains(table);
  }

  @Override
  public Table read(Rows rows, String schema, String table) throws SQLException {
    Description description =
        rows.of(
                DESCRIPTION,
                row -> new Description(row.getString(1), row.getString(2), row.getString(3)),
                schema,
                table)
            .getFirst();
    List<Column> columns =
        ColumnReader.all(rows.of(COLUMNS, ClickHouseCatalogue::column, schema, table));
    List<String> remarks = new ArrayList<>();
    Optional<List<String>> key = key(description.sortingKey(), columns);
    if (key.isEmpty()) {
      remarks.add(
          "The sorting key (%s) is not made of columns alone, and is not carried over."
              .formatted(description.sortingKey()));
    } else if (!key.get().isEmpty()) {
      remarks.add(
          "The key is the sorting key of a %s, which does not keep it unique."
              .formatted(description.engine()));
    }
    return new Table(schema, table, columns, key.orElse(List.of()), description.comment(), remarks);
  }

  private static Read column(ResultSet row) throws SQLException {
    String name = row.getString(1);
    String shown = row.getString(2);
    ClickHouseTypes.Shape shape = ClickHouseTypes.of(shown).orElse(null);
    if (shape == null) {
      return Read.unknown("ClickHouse", name, shown);
    }
    String kind = row.getString(3);
    String expression = row.getString(4);
    List<String> remarks = new ArrayList<>();
    boolean generated = !kind.isEmpty() && !kind.equals("DEFAULT");
    if (generated) {
      remarks.add("%s %s is not carried over: a plain column here.".formatted(kind, expression));
    }
    return Read.of(
        new Column(
            name,
            shown,
            shape.type(),
            shape.nullable(),
            generated ? null : defaultValue(expression, shape.type()),
            row.getString(5),
            remarks));
  }

  private static @Nullable DefaultValue defaultValue(String shown, LogicalType type) {
    if (shown.isEmpty() || shown.equals("NULL")) {
      return null;
    }
    if (type instanceof Instant && CURRENT_TIME.matcher(shown).matches()) {
      return new CurrentTime();
    }
    String literal = BARE.matcher(shown).matches() ? shown : Scanner.unquoted(shown, true);
    String canonical = literal == null ? null : Literals.canonical(type, literal);
    return canonical == null ? new Expression(shown) : new Literal(canonical);
  }

  /** Empty where one of the expressions is not a column. */
  private static Optional<List<String>> key(String sortingKey, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    List<String> key = new ArrayList<>();
    // (a) where it was declared as (a), but a, b where it was declared as (a, b)
    boolean wrapped = sortingKey.startsWith("(") && sortingKey.endsWith(")");
    Scanner scanner =
        new Scanner(wrapped ? sortingKey.substring(1, sortingKey.length() - 1) : sortingKey);
    while (!scanner.atEnd()) {
      String quoted = scanner.quoted('`', true);
      String name = quoted == null ? scanner.until(",") : quoted;
      if (!names.contains(name) || !scanner.atEnd() && !scanner.skip(", ")) {
        return Optional.empty();
      }
      key.add(name);
    }
    return Optional.of(key);
  }
}
