package org.etlsandbox.betaapi;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.Stream;
import org.etlsandbox.testkit.engine.TestDatabase;

/** Puts rows into the destination's table. */
final class FlatRows {

  private static final int BATCH = 1000;

  private FlatRows() {}

  static void insert(TestDatabase database, FlatRow... rows) {
    insert(database, Stream.of(rows));
  }

  static void insert(TestDatabase database, Stream<FlatRow> rows) {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO customer_order_flat VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      connection.setAutoCommit(false);
      int waiting = 0;
      for (FlatRow row : (Iterable<FlatRow>) rows::iterator) {
        List<Object> values =
            List.of(
                row.rental(),
                row.payment(),
                row.categoryId(),
                row.customer(),
                row.name(),
                row.film(),
                row.title(),
                row.category(),
                new BigDecimal(row.amount()),
                row.rented());
        for (int i = 0; i < values.size(); i++) {
          statement.setObject(i + 1, values.get(i));
        }
        statement.setObject(11, row.returned(), Types.TIMESTAMP);
        statement.setLong(12, row.version());
        statement.setBoolean(13, row.deleted());
        statement.addBatch();
        if (++waiting % BATCH == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("Could not insert rows", e);
    }
  }
}
