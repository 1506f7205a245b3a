package org.etlsandbox.deltaapi;

import java.util.List;
import org.etlsandbox.deltaapi.dialect.Definition;
import org.etlsandbox.deltaapi.dialect.TargetColumn;
import org.etlsandbox.deltaapi.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * How to create a table of a source elsewhere.
 *
 * @param product what answered for the source: a stand-in shows here
 * @param sql as of {@link Definition}
 * @param primaryKey its columns, in its order
 * @param notes what is lost on the way, a sentence each
 */
record TableDefinition(
    String dialect,
    String source,
    String product,
    String schema,
    String table,
    String comment,
    String sql,
    List<ColumnDefinition> columns,
    List<String> primaryKey,
    List<String> notes)
    implements SqlAnswer {

  /**
   * @param sourceType as its product declares it
   * @param logicalType which values it takes
   * @param targetType as the statement declares it
   * @param storedType which values that type takes by itself: what is found when the new table is
   *     read
   * @param defaultValue as the statement has it; null where there is none
   * @param reasoning why this type, and what is lost
   */
  record ColumnDefinition(
      String name,
      String sourceType,
      String logicalType,
      String targetType,
      String storedType,
      boolean nullable,
      @Nullable String defaultValue,
      String comment,
      String reasoning) {

    static ColumnDefinition of(TargetColumn column) {
      return new ColumnDefinition(
          column.source().name(),
          column.source().sourceType(),
          column.source().type().describe(),
          column.declared(),
          column.type().stored().describe(),
          column.source().nullable(),
          column.defaultSql(),
          column.comment(),
          reasoning(column));
    }

    private static String reasoning(TargetColumn column) {
      String why = column.type().reasoning();
      return column.notes().isEmpty() ? why : why + " " + String.join(" ", column.notes());
    }
  }

  static TableDefinition of(Source source, Dialect dialect, Table table, Definition definition) {
    return new TableDefinition(
        dialect.parameter(),
        source.name(),
        source.product().title(),
        table.schema(),
        table.name(),
        table.comment(),
        definition.sql(),
        definition.columns().stream().map(ColumnDefinition::of).toList(),
        table.key(),
        definition.notes());
  }
}
