package org.etlsandbox.sakila;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An open transaction of the shop with what decides its course: the same draw in the same data does
 * the same.
 */
record ShopTransaction(Connection connection, Draw draw, Ids ids) {

  /** What is done within a transaction; commit and rollback are not its business. */
  interface Work {
    void run(ShopTransaction t) throws SQLException;
  }

  long any(Ids.Table table) throws SQLException {
    return ids.any(connection, table, draw);
  }

  /** Executes a change; returns the number of rows it touched. */
  int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** Inserts one row and returns the id that the server gave it. */
  long insert(Ids.Table table, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      bind(statement, values);
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        long id = keys.getLong(1);
        ids.created(table, id);
        return id;
      }
    }
  }

  /** The first number of the first row; 0 for NULL and for no row: 0 is nobody's id. */
  long number(String sql, Object... values) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      bind(query, values);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
