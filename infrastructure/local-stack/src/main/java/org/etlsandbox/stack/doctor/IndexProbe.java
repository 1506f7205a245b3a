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

  private static final String INDEXED =
      """
      SELECT DISTINCT table_name
      FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND column_name = 'last_update' AND seq_in_index = 1
      """;

  @Override
  public String subject() {
    return "jupiter index";
  }

  @Override
  public List<Finding> look(Connection jupiter) throws SQLException {
    Set<String> indexed = new HashSet<>();
    try (Statement statement = jupiter.createStatement();
        ResultSet row = statement.executeQuery(INDEXED)) {
      while (row.next()) {
        indexed.add(row.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    List<Finding> missing = new ArrayList<>();
    for (SourceTable table : SourceTable.ALL) {
      if (!indexed.contains(table.name())) {
        missing.add(
            Finding.warn(
                subject(),
                table.name() + " has no index on last_update: a poll reads all of it, so rarely",
                table.createIndex()));
      }
    }
    return missing.isEmpty()
        ? List.of(Finding.ok(subject(), "all seven tables have one on last_update"))
        : missing;
  }
}
