package org.etlsandbox.deltaapi.catalogue;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etlsandbox.deltaapi.catalogue.ColumnReader.Read;
import org.etlsandbox.deltaapi.schema.Column;
import org.etlsandbox.deltaapi.schema.DefaultValue;
import org.etlsandbox.deltaapi.schema.DefaultValue.CurrentTime;
import org.etlsandbox.deltaapi.schema.DefaultValue.Expression;
import org.etlsandbox.deltaapi.schema.DefaultValue.Literal;
import org.etlsandbox.deltaapi.schema.Literals;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Enumeration;
import org.etlsandbox.deltaapi.schema.LogicalType.Instant;
import org.etlsandbox.deltaapi.schema.LogicalType.LongText;
import org.etlsandbox.deltaapi.schema.LogicalType.WallClock;
import org.etlsandbox.deltaapi.schema.Table;
import org.jspecify.annotations.Nullable;

final class PostgreSqlCatalogue implements Catalogue {

  // Plain tables and partitioned ones, partitions left out
  private static final String TABLES =
      """
      SELECT c.relname
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       ORDER BY c.relname
       LIMIT ?
      """;

  private static final String TABLE =
      """
      SELECT c.relname
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      """;

  private static final String COMMENT =
      """
      SELECT coalesce(obj_description(c.oid, 'pg_class'), '')
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ?
      """;

  private static final String COLUMNS =
      """
      SELECT a.attname,
             quote_ident(a.attname) AS quoted,
             format_type(a.atttypid, a.atttypmod) AS shown,
             tn.nspname = 'pg_catalog' AND t.typtype = 'b' AS built_in,
             CASE WHEN t.typtype = 'e' THEN
               (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
                  FROM pg_catalog.pg_enum e
                 WHERE e.enumtypid = t.oid) END AS labels,
             a.attnotnull,
             a.attidentity <> '' AS identity,
             a.attgenerated <> '' AS generated,
             pg_get_expr(d.adbin, d.adrelid) AS default_expression,
             coalesce(col_description(a.attrelid, a.attnum), '') AS comment,
             (SELECT array_agg(pg_get_constraintdef(k.oid) ORDER BY k.conname)
                FROM pg_catalog.pg_constraint k
               WHERE k.conrelid = a.attrelid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum])
               AS checks
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attnum
      """;

  // What INCLUDE adds to an index comes after its key
  private static final String KEY =
      """
      SELECT a.attname
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, position)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
       WHERE n.nspname = ? AND c.relname = ? AND i.indisprimary AND k.position <= i.indnkeyatts
       ORDER BY k.position
      """;

  private static final Pattern CURRENT_TIME =
      Pattern.compile("(?:CURRENT_TIMESTAMP|LOCALTIMESTAMP)(?:\\(\\d\\))?|now\\(\\)");

  private static final String CAST =
      "(?:::[a-z\" ]+(?:\\(\\d+(?:,\\d+)?\\))?(?: with(?:out)? time zone)?)?";
  private static final Pattern NUMBER = Pattern.compile("\\(?(-? ?[0-9.]+)\\)?" + CAST);
  private static final Pattern AFTER_TEXT = Pattern.compile(CAST);

  @Override
  public Optional<String> currentSchema(Rows rows) throws SQLException {
    return Optional.ofNullable(rows.connection().getSchema());
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
    List<Read> columns = rows.of(COLUMNS, PostgreSqlCatalogue::column, schema, table);
    return new Table(
        schema,
        table,
        ColumnReader.all(columns),
        rows.texts(KEY, schema, table),
        rows.texts(COMMENT, schema, table).getFirst(),
        List.of());
  }

  private static Read column(ResultSet row) throws SQLException {
    String name = row.getString("attname");
    String shown = row.getString("shown");
    List<String> labels = texts(row.getArray("labels"));
    LogicalType declared =
        labels.isEmpty()
            ? row.getBoolean("built_in") ? PostgreSqlTypes.logical(shown).orElse(null) : null
            : new Enumeration(labels);
    if (declared == null) {
      return Read.unknown("PostgreSQL", name, shown);
    }
    List<String> remarks = new ArrayList<>();
    LogicalType type = declared;
    for (String check : texts(row.getArray("checks"))) {
      Optional<LogicalType> checked =
          declared instanceof LongText
              ? PostgreSqlChecks.type(check, row.getString("quoted"))
              : Optional.empty();
      if (checked.isPresent()) {
        type = checked.get();
      } else {
        remarks.add("Not carried over: %s.".formatted(check));
      }
    }
    if (row.getBoolean("identity")) {
      remarks.add("The identity is not carried over: a copy is given its ids.");
    }
    boolean generated = row.getBoolean("generated");
    if (generated) {
      remarks.add("The column is generated from others in the source, and a plain one here.");
    }
    return Read.of(
        new Column(
            name,
            shown,
            type,
            !row.getBoolean("attnotnull"),
            generated ? null : defaultValue(row.getString("default_expression"), type),
            row.getString("comment"),
            remarks));
  }

  private static List<String> texts(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  private static @Nullable DefaultValue defaultValue(@Nullable String shown, LogicalType type) {
    if (shown == null || shown.startsWith("NULL::")) {
      return null;
    }
    boolean moment = type instanceof WallClock || type instanceof Instant;
    if (moment && CURRENT_TIME.matcher(shown).matches()) {
      return new CurrentTime();
    }
    String literal = literal(shown);
    String canonical = literal == null ? null : Literals.canonical(type, literal);
    return canonical == null ? new Expression(shown) : new Literal(canonical);
  }

  // 4.99, '-1'::integer, (- 1), true, 'G'::text, E'a\\b'::text, B'101'::"bit"
  private static @Nullable String literal(String shown) {
    Matcher number = NUMBER.matcher(shown);
    if (number.matches()) {
      return number.group(1).replace(" ", "");
    }
    if (shown.equals("true") || shown.equals("false")) {
      return shown;
    }
    Scanner scanner = new Scanner(shown);
    boolean escapes = scanner.skip("E");
    if (!escapes) {
      scanner.skip("B");
    }
    String text = scanner.quoted('\'', escapes);
    return text != null && AFTER_TEXT.matcher(scanner.rest()).matches() ? text : null;
  }
}
