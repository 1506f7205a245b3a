package org.etlsandbox.deltaapi.dialect;

import java.util.List;

/**
 * How to create a table.
 *
 * @param sql one CREATE TABLE, and where a product takes comments apart, the statements that set
 *     them, separated by semicolons; without a last one
 * @param notes what is lost on the way, a sentence each
 */
public record Definition(String sql, List<TargetColumn> columns, List<String> notes) {

  public Definition {
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
  }
}
