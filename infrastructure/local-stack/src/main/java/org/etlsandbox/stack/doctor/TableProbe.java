package org.etlsandbox.stack.doctor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The seven tables, their columns, and the right to read them, by reading no row of each. */
final class TableProbe implements JupiterProbe {

  /** Shows only columns on which the account has some privilege. */
  private static final String COLUMNS =
      """
      SELECT column_name
      FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ?
      """;

  @Override
  public String subject() {
    return "jupiter tables";
  }

  @Override
  public List<Finding> look(Connection jupiter) throws SQLException {
    List<Finding> wrong = new ArrayList<>();
    for (SourceTable table : SourceTable.ALL) {
      try (Statement statement = jupiter.createStatement();
          ResultSet none = statement.executeQuery(table.probe())) {
        none.next();
      } catch (SQLException e) {
        wrong.add(explain(jupiter, table, e));
      }
    }
    return wrong.isEmpty()
        ? List.of(Finding.ok(subject(), "all seven are there with their columns, and may be read"))
        : wrong;
  }

  private Finding explain(Connection jupiter, SourceTable table, SQLException error)
      throws SQLException {
    String grant = "GRANT SELECT ON " + table.name() + " to the account";
    return switch (error.getErrorCode()) {
      case MySqlError.UNKNOWN_TABLE ->
          Finding.fail(
              subject(),
              "table " + table.name() + " is missing",
              "JUPITER_URL must name a database with the Sakila schema");
      case MySqlError.UNKNOWN_COLUMN ->
          Finding.fail(
              subject(),
              "table " + table.name() + " lacks " + invisibleColumns(jupiter, table),
              "add what is missing; the join reads it");
      case MySqlError.NO_TABLE_PRIVILEGE ->
          Finding.fail(
              subject(), "table " + table.name() + " is missing, or may not be read", grant);
      case MySqlError.NO_COLUMN_PRIVILEGE ->
          Finding.fail(
              subject(),
              "not all columns of table %s may be read: %s"
                  .formatted(table.name(), invisibleColumns(jupiter, table)),
              grant);
      default -> throw error;
    };
  }

  private static String invisibleColumns(Connection jupiter, SourceTable table)
      throws SQLException {
    List<String> invisible = new ArrayList<>(table.columns());
    try (PreparedStatement statement = jupiter.prepareStatement(COLUMNS)) {
      statement.setString(1, table.name());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          invisible.remove(row.getString(1).toLowerCase(Locale.ROOT));
        }
      }
    }
    return String.join(", ", invisible);
  }
}
