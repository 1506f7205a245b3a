package org.etlsandbox.deltaapi.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etlsandbox.deltaapi.catalogue.ColumnReader.Read;
import org.etlsandbox.deltaapi.schema.Column;
import org.etlsandbox.deltaapi.schema.LogicalType;
import org.etlsandbox.deltaapi.schema.LogicalType.Text;
import org.etlsandbox.deltaapi.schema.Table;

final class SqlServerCatalogue implements Catalogue {

  private static final String SCHEMA = "SELECT SCHEMA_NAME()";

  private static final String TABLES =
      """
      SELECT TOP (?) t.name
        FROM sys.tables t
        JOIN sys.schemas s ON s.schema_id = t.schema_id
       WHERE s.name = ?
       ORDER BY t.name
      """;

  private static final String TABLE =
      """
      SELECT t.name
        FROM sys.tables t
        JOIN sys.schemas s ON s.schema_id = t.schema_id
       WHERE s.name = ? AND t.name = ?
      """;

  private static final String COMMENT =
      """
      SELECT CAST(e.value AS nvarchar(4000))
        FROM sys.tables t
        JOIN sys.schemas s ON s.schema_id = t.schema_id
        JOIN sys.extended_properties e
          ON e.class = 1 AND e.major_id = t.object_id AND e.minor_id = 0
         AND e.name = 'MS_Description'
       WHERE s.name = ? AND t.name = ?
      """;

  // The type behind a user's own has the id of that type's system_type_id; of sysname, nvarchar's
  private static final String COLUMNS =
      """
      SELECT c.name, ut.name AS declared, ut.is_user_defined, bt.name AS built_in,
             c.max_length, c.precision, c.scale, c.is_nullable, c.is_identity, c.is_computed,
             d.definition, CAST(e.value AS nvarchar(4000)) AS comment, c.collation_name
        FROM sys.columns c
        JOIN sys.tables t ON t.object_id = c.object_id
        JOIN sys.schemas s ON s.schema_id = t.schema_id
        JOIN sys.types ut ON ut.user_type_id = c.user_type_id
        LEFT JOIN sys.types bt ON bt.user_type_id = c.system_type_id
        LEFT JOIN sys.default_constraints d ON d.object_id = c.default_object_id
        LEFT JOIN sys.extended_properties e
          ON e.class = 1 AND e.major_id = c.object_id AND e.minor_id = c.column_id
         AND e.name = 'MS_Description'
       WHERE s.name = ? AND t.name = ?
       ORDER BY c.column_id
      """;

  private static final String CHECKS =
      """
      SELECT k.definition
        FROM sys.check_constraints k
        JOIN sys.tables t ON t.object_id = k.parent_object_id
        JOIN sys.schemas s ON s.schema_id = t.schema_id
       WHERE s.name = ? AND t.name = ?
       ORDER BY k.name
      """;

  private static final String KEY =
      """
      SELECT c.name
        FROM sys.indexes i
        JOIN sys.index_columns ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
        JOIN sys.columns c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
        JOIN sys.tables t ON t.object_id = i.object_id
        JOIN sys.schemas s ON s.schema_id = t.schema_id
       WHERE s.name = ? AND t.name = ? AND i.is_primary_key = 1 AND ic.key_ordinal > 0
       ORDER BY ic.key_ordinal
      """;

  @Override
  public Optional<String> currentSchema(Rows rows) throws SQLException {
    return rows.of(SCHEMA, row -> Optional.ofNullable(row.getString(1))).getFirst();
  }

  @Override
  public List<String> tables(Rows rows, String schema, int limit) throws SQLException {
    return rows.texts(TABLES, limit, schema);
  }

  @Override
  public boolean hasTable(Rows rows, String schema, String table) throws SQLException {
    // What equals in its collation need not be the same name
    return rows.texts(TABLE, schema, table).contains(table);
  }

  @Override
  public Table read(Rows rows, String schema, String table) throws SQLException {
    List<String> checks = new ArrayList<>(rows.texts(CHECKS, schema, table));
    List<Read> columns = rows.of(COLUMNS, row -> column(row, checks), schema, table);
    return new Table(
        schema,
        table,
        ColumnReader.all(columns),
        rows.texts(KEY, schema, table),
        String.join("", rows.texts(COMMENT, schema, table)),
        checks.stream().map(check -> "Not carried over: CHECK %s.".formatted(check)).toList());
  }

  /**
   * @param checks those of the table; the one that is part of the column's type is taken out
   */
  private static Read column(ResultSet row, List<String> checks) throws SQLException {
    String name = row.getString("name");
    String declared = row.getString("declared");
    boolean usersOwn = row.getBoolean("is_user_defined");
    String builtIn = row.getString("built_in");
    SqlServerTypes shape =
        new SqlServerTypes(
            usersOwn && builtIn != null ? builtIn : declared,
            row.getInt("max_length"),
            row.getInt("precision"),
            row.getInt("scale"));
    LogicalType type = shape.logical().orElse(null);
    if (type == null) {
      return Read.unknown("SQL Server", name, declared);
    }
    List<String> remarks = new ArrayList<>();
    if (type instanceof Text) {
      for (String check : checks) {
        Optional<LogicalType> checked = SqlServerChecks.type(check, name);
        if (checked.isPresent()) {
          type = checked.get();
          checks.remove(check);
          break;
        }
      }
    }
    if (row.getBoolean("is_identity")) {
      remarks.add("IDENTITY is not carried over: a copy is given its ids.");
    }
    if (row.getBoolean("is_computed")) {
      remarks.add("The column is computed from others in the source, and a plain one here.");
    }
    if (row.getString("collation_name") instanceof String collation
        && !collation.contains("_BIN")) {
      remarks.add(
          "The source compares by %s; here the default of the database decides."
              .formatted(collation));
    }
    String comment = row.getString("comment");
    return Read.of(
        new Column(
            name,
            usersOwn ? declared + " = " + shape.declared() : shape.declared(),
            type,
            row.getBoolean("is_nullable"),
            SqlServerDefaults.of(row.getString("definition"), type),
            comment == null ? "" : comment,
            remarks));
  }
}
