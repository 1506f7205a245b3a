package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads a result row by row from the socket: the driver would otherwise hold all of it first. */
final class StreamedQuery {

  private StreamedQuery() {}

  /** Takes one row. */
  @FunctionalInterface
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /**
   * Runs to the end of the result.
   *
   * @param parameters of the placeholders, in their order
   */
  static void run(Connection connection, String sql, RowReader reader, long... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      // The driver's sign for streaming
      statement.setFetchSize(Integer.MIN_VALUE);
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }
}
