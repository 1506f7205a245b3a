package org.etlsandbox.sakila;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Inserts many rows with one statement.
 *
 * <p>By itself and not through the driver's {@code rewriteBatchedStatements}, because that is an
 * option of a URL which is not ours; without it every row would be a round trip.
 */
final class MultiRowInsert implements AutoCloseable {

  // Times the widest row (13 columns) this stays below the 65,535 parameters of a server-side
  // prepared statement, in case the URL asks for those.
  private static final int ROWS = 500;

  /** Statements in one transaction: bounds undo and redo of the server. */
  private static final int STATEMENTS_PER_COMMIT = 20;

  private final Connection connection;
  private final String insert;
  private final int columns;
  private final IntConsumer inserted;
  private final PreparedStatement full;
  private final @Nullable Object[] pending;
  private int rows;
  private int uncommitted;

  /**
   * @param insert everything before the rows: {@code INSERT INTO … (…) VALUES}
   * @param inserted told the number of rows after each statement
   */
  MultiRowInsert(Connection connection, String insert, int columns, IntConsumer inserted)
      throws SQLException {
    this.connection = connection;
    this.insert = insert;
    this.columns = columns;
    this.inserted = inserted;
    this.full = connection.prepareStatement(statement(ROWS));
    this.pending = new Object[ROWS * columns];
  }

  /** Values are in the order of the columns; {@code null} is NULL. */
  void add(@Nullable Object... values) throws SQLException {
    System.arraycopy(values, 0, pending, rows * columns, columns);
    rows++;
    if (rows == ROWS) {
      execute(full);
    }
  }

  /** Inserts what is left and commits. */
  void finish() throws SQLException {
    if (rows > 0) {
      try (PreparedStatement rest = connection.prepareStatement(statement(rows))) {
        execute(rest);
      }
    }
    connection.commit();
  }

  private void execute(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < rows * columns; i++) {
      statement.setObject(i + 1, pending[i]);
    }
    statement.executeUpdate();
    uncommitted++;
    if (uncommitted == STATEMENTS_PER_COMMIT) {
      connection.commit();
      uncommitted = 0;
    }
    inserted.accept(rows);
    rows = 0;
  }

  private String statement(int count) {
    String row = "(" + "?,".repeat(columns - 1) + "?)";
    return insert + " " + (row + ",").repeat(count - 1) + row;
  }

  @Override
  public void close() throws SQLException {
    full.close();
  }
}
