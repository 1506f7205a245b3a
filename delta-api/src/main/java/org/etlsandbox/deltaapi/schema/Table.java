package org.etlsandbox.deltaapi.schema;

import java.util.List;
import java.util.Optional;

/**
 * A live table.
 *
 * @param columns in their order
 * @param key the columns of the primary key, in its order; empty where there is none
 * @param comment empty where there is none
 * @param remarks as of {@link Column}
 */
public record Table(
    String schema,
    String name,
    List<Column> columns,
    List<String> key,
    String comment,
    List<String> remarks) {

  public Table {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    remarks = List.copyOf(remarks);
  }

  /** The column of exactly this name. */
  public Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }
}
