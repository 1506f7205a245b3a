package org.etlsandbox.deltaapi.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.etlsandbox.deltaapi.schema.LogicalType.WallClock;
import org.etlsandbox.deltaapi.schema.Table;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB. */
final class MySqlCatalogue implements Catalogue {

  private static final String TABLES =
      """
      SELECT table_name
        FROM information_schema.tables
       WHERE table_schema = ? AND table_type = 'BASE TABLE'
       ORDER BY table_name
       LIMIT ?
      """;

  private static final String TABLE =
      """
      SELECT table_name
        FROM information_schema.tables
       WHERE table_schema = ? AND table_name = ? AND table_type = 'BASE TABLE'
      """;

  private static final String COMMENT =
      """
      SELECT table_comment
        FROM information_schema.tables
       WHERE table_schema = ? AND table_name = ?
      """;

  private static final String COLUMNS =
      """
      SELECT column_name, data_type, column_type, character_maximum_length, numeric_precision,
             numeric_scale, datetime_precision, is_nullable, column_default, extra, column_comment,
             collation_name, generation_expression
        FROM information_schema.columns
       WHERE table_schema = ? AND table_name = ?
       ORDER BY ordinal_position
      """;

  private static final String KEY =
      """
      SELECT column_name
        FROM information_schema.statistics
       WHERE table_schema = ? AND table_name = ? AND index_name = 'PRIMARY'
       ORDER BY seq_in_index
      """;

  private static final Pattern CURRENT_TIME =
      Pattern.compile("(?i)(?:current_timestamp|now|localtimestamp)(?:\\(\\d?\\))?");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(?:e[-+]?\\d+)?");

  @Override
  public Optional<String> currentSchema(Rows rows) throws SQLException {
    return Optional.ofNullable(rows.connection().getCatalog()).filter(name -> !name.isEmpty());
  }

  @Override
  public List<String> tables(Rows rows, String schema, int limit) throws SQLException {
    return rows.texts(TABLES, schema, limit);
  }

  @Override
  public boolean hasTable(Rows rows, String schema, String table) throws SQLException {
    // No name has a character beyond U+FFFF; and what equals in its collation need not be the same
    return table.codePoints().noneMatch(Character::isSupplementaryCodePoint)
        && rows.texts(TABLE, schema, table).contains(table);
  }

  @Override
  public Table read(Rows rows, String schema, String table) throws SQLException {
    boolean mariaDb =
        rows.connection().getMetaData().getDatabaseProductVersion().contains("MariaDB");
    List<Read> columns = rows.of(COLUMNS, row -> column(row, mariaDb), schema, table);
    return new Table(
        schema,
        table,
        ColumnReader.all(columns),
        rows.texts(KEY, schema, table),
        rows.texts(COMMENT, schema, table).getFirst(),
        List.of());
  }

  private static Read column(ResultSet row, boolean mariaDb) throws SQLException {
    String name = row.getString("column_name");
    MySqlTypes declared =
        new MySqlTypes(
            row.getString("data_type").toLowerCase(Locale.ROOT),
            row.getString("column_type"),
            row.getLong("character_maximum_length"),
            row.getInt("numeric_precision"),
            row.getInt("numeric_scale"),
            row.getInt("datetime_precision"));
    LogicalType type = declared.logical().orElse(null);
    if (type == null) {
      return Read.unknown(mariaDb ? "MariaDB" : "MySQL", name, declared.declared());
    }
    if (declared.mayHideCharacters()) {
      return Read.refused(
          name,
          declared.declared(),
          "A value has a '?', which the catalogue also shows for every character beyond U+FFFF: which one it is is not known.");
    }
    String extra = row.getString("extra").toLowerCase(Locale.ROOT);
    return Read.of(
        new Column(
            name,
            declared.declared(),
            type,
            row.getString("is_nullable").equals("YES"),
            defaultValue(row.getString("column_default"), extra, type, mariaDb),
            row.getString("column_comment"),
            remarks(declared, extra, row)));
  }

  private static @Nullable DefaultValue defaultValue(
      @Nullable String shown, String extra, LogicalType type, boolean mariaDb) {
    if (shown == null || mariaDb && shown.equals("NULL")) {
      return null;
    }
    boolean moment = type instanceof WallClock || type instanceof Instant;
    if (moment && CURRENT_TIME.matcher(shown).matches()) {
      return new CurrentTime();
    }
    String literal =
        mariaDb ? ofMariaDb(shown) : extra.contains("default_generated") ? null : shown;
    // The catalogue shows every character beyond U+FFFF as a '?'
    String canonical =
        literal == null || literal.contains("?") ? null : Literals.canonical(type, bits(literal));
    return canonical == null ? new Expression(shown) : new Literal(canonical);
  }

  /** MariaDB shows the literal as SQL, MySQL its value. */
  private static @Nullable String ofMariaDb(String shown) {
    boolean bare = NUMBER.matcher(shown).matches() || shown.startsWith("b'");
    return bare ? shown : Scanner.unquoted(shown, true);
  }

  private static String bits(String literal) {
    return literal.startsWith("b'") && literal.endsWith("'")
        ? literal.substring(2, literal.length() - 1)
        : literal;
  }

  private static List<String> remarks(MySqlTypes declared, String extra, ResultSet row)
      throws SQLException {
    List<String> remarks = new ArrayList<>();
    if (extra.contains("auto_increment")) {
      remarks.add("AUTO_INCREMENT is not carried over: a copy is given its ids.");
    }
    if (extra.contains("on update")) {
      remarks.add("ON UPDATE CURRENT_TIMESTAMP is not carried over: a copy is given its values.");
    }
    if (extra.contains("generated")
        && row.getString("generation_expression") instanceof String is
        && !is.isEmpty()) {
      remarks.add("The column is generated from others in the source, and a plain one here.");
    }
    boolean fraction = List.of("decimal", "float", "double").contains(declared.name());
    if (fraction && declared.unsigned()) {
      remarks.add("UNSIGNED is not carried over: negative numbers are no longer refused.");
    }
    if (declared.rounds()) {
      remarks.add(
          "The digits of %s are not carried over: no rounding here."
              .formatted(declared.declared()));
    }
    if (row.getString("collation_name") instanceof String collation
        && !collation.endsWith("_bin")) {
      remarks.add(
          "The source compares by %s; here the default of the database decides."
              .formatted(collation));
    }
    return remarks;
  }
}
