package org.etlsandbox.stack.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An index that begins with {@code last_update} on each of the seven tables; real Sakila has none.
 */
final class IndexProbe implements JupiterProbe {

  /** Tables without the column are left out: {@link TableProbe} speaks of those. */
  private static final String NOT_INDEXED =
      """
      SELECT c.table_name
      FROM information_schema.columns c
      WHERE c.table_schema = DATABASE()
        AND c.column_name = 'last_update'
        AND NOT EXISTS (
          SELECT 1
          FROM information_schema.statistics s
          WHERE s.table_schema = c.table_schema
            AND s.table_name = c.table_name
            AND s.column_name = c.column_name
            AND s.seq_in_index = 1)
      """;

  @Override
  public String subject() {
    return "jupiter index";
  }

  @Override
  public List<Finding> look(Connection jupiter) throws SQLException {
    Set<String> notIndexed = new HashSet<>();
    try (Statement statement = jupiter.createStatement();
        ResultSet row = statement.executeQuery(NOT_INDEXED)) {
      while (row.next()) {
        notIndexed.add(row.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    List<Finding> missing = new ArrayList<>();
    for (SourceTable table : SourceTable.ALL) {
      if (notIndexed.contains(table.name())) {
        missing.add(
            Finding.warn(
                subject(),
                table.name() + " has no index on last_update: a poll reads all of it, so rarely",
                table.createIndex()));
      }
    }
    return missing.isEmpty()
        ? List.of(Finding.ok(subject(), "no table lacks one on last_update"))
        : missing;
  }
}
