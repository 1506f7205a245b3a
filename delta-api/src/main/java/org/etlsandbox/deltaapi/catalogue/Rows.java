package org.etlsandbox.deltaapi.catalogue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a catalogue. */
final class Rows {

  /** A catalogue answers in milliseconds, unless somebody holds a lock on it. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private Rows() {}

  /** Makes something of a row. */
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  static <T> List<T> of(Connection connection, String sql, Row<T> row, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout((int) PATIENCE.toSeconds());
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
          all.add(row.of(rows));
        }
        return all;
      }
    }
  }

  static List<String> texts(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return of(connection, sql, row -> row.getString(1), parameters);
  }
}
