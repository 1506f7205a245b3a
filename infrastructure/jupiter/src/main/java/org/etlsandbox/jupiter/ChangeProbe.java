package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.etlsandbox.source.SourceTable;

/**
 * Asks all tables in one statement whether anything has changed: of each index on {@code
 * last_update} one entry is read. A table without one counts as changed, for only a scan could
 * tell.
 */
final class ChangeProbe {

  private final Set<SourceTable> unknown = EnumSet.noneOf(SourceTable.class);
  private final Map<SourceTable, Instant> asked = new EnumMap<>(SourceTable.class);

  ChangeProbe(Map<SourceTable, Instant> since, Set<SourceTable> indexed) {
    since.forEach((table, moment) -> {
      if (indexed.contains(table)) {
        asked.put(table, moment);
      } else {
        unknown.add(table);
      }
    });
  }

  Set<SourceTable> ask(Connection connection) throws SQLException {
    Set<SourceTable> changed = EnumSet.copyOf(unknown);
    if (asked.isEmpty()) {
      return changed;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql())) {
      bind(statement);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        int column = 1;
        for (SourceTable table : asked.keySet()) {
          if (row.getBoolean(column++)) {
            changed.add(table);
          }
        }
      }
    }
    return changed;
  }

  /** Package-private so that a test can put EXPLAIN before it. */
  String sql() {
    return asked.keySet().stream()
        .map(table ->
            "EXISTS (SELECT 1 FROM %s WHERE last_update >= ?)".formatted(table.tableName()))
        .collect(Collectors.joining(", ", "/* etl-sandbox */ SELECT ", ""));
  }

  void bind(PreparedStatement statement) throws SQLException {
    int parameter = 1;
    for (Instant moment : asked.values()) {
      statement.setString(parameter++, ChangeQuery.text(moment));
    }
  }
}
