package org.etlsandbox.sqlserver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.RefreshScope;

/** Reads back what is stored in a range. */
final class StoredRows {

  private StoredRows() {}

  static List<StoredFlat> read(Connection connection, RefreshScope.Range range)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(Statements.STORED)) {
      query.setLong(1, range.from());
      query.setLong(2, range.to());
      try (ResultSet row = query.executeQuery()) {
        List<StoredFlat> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(new StoredFlat(flat(row), row.getLong(12), row.getBoolean(13)));
        }
        return rows;
      }
    }
  }

  static List<FlatKey> keys(Connection connection, RefreshScope.Range range) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(Statements.KEYS)) {
      query.setLong(1, range.from());
      query.setLong(2, range.to());
      try (ResultSet row = query.executeQuery()) {
        List<FlatKey> keys = new ArrayList<>();
        while (row.next()) {
          keys.add(new FlatKey(row.getLong(1), row.getLong(2), row.getLong(3)));
        }
        return keys;
      }
    }
  }

  private static CustomerOrderFlat flat(ResultSet row) throws SQLException {
    return new CustomerOrderFlat(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getString(5),
        row.getLong(6),
        row.getString(7),
        row.getString(8),
        row.getBigDecimal(9).movePointRight(2).longValueExact(),
        row.getObject(10, LocalDateTime.class),
        row.getObject(11, LocalDateTime.class));
  }
}
