package org.etlsandbox.sakila;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Sakila's tables: those of the seven-way join and all that they refer to, with their column types,
 * keys and foreign keys.
 *
 * <p>Left out because nothing here reads them: actor, film_actor, film_text, the views, routines
 * and triggers, and {@code address.location} (a geometry whose syntax differs between the servers).
 */
public final class SakilaSchema {

  /** The tables of the seven-way join, parents first. */
  private static final List<String> JOINED =
      List.of("category", "film", "film_category", "inventory", "customer", "rental", "payment");

  // Polling reads (last_update, primary key) in this order. InnoDB appends the primary key to every
  // secondary index, so the one column is enough.
  private static final List<String> LAST_UPDATE_INDEXES =
      List.of(
          "CREATE INDEX idx_last_update ON category (last_update)",
          "CREATE INDEX idx_last_update ON film (last_update)",
          "CREATE INDEX idx_last_update ON film_category (last_update)",
          "CREATE INDEX idx_last_update ON inventory (last_update)",
          "CREATE INDEX idx_last_update ON customer (last_update)",
          "CREATE INDEX idx_last_update ON rental (last_update)",
          "CREATE INDEX idx_last_update ON payment (last_update)");

  private static final String EXISTING =
      """
      SELECT table_name AS existing
        FROM information_schema.tables
       WHERE table_schema = DATABASE()
       ORDER BY table_name
      """;

  private SakilaSchema() {}

  /**
   * Creates all tables, empty, in the connection's current database.
   *
   * @param lastUpdateIndexes {@code true} adds {@code idx_last_update} to the seven joined tables,
   *     which polling wants; {@code false} leaves Sakila as it is: without
   * @throws IllegalStateException if there is no current database or if it already has one of the
   *     tables; nothing is changed then
   */
  public static void create(Connection c, boolean lastUpdateIndexes) throws SQLException {
    String database = c.getCatalog();
    if (database == null || database.isEmpty()) {
      throw new IllegalStateException(
          "No current database to create Sakila's tables in: name one in the JDBC URL.");
    }
    List<String> taken = new ArrayList<>(existing(c));
    taken.retainAll(tables());
    if (!taken.isEmpty()) {
      throw new IllegalStateException(
          "Database '%s' already has %s: drop the database or name an empty one."
              .formatted(database, taken));
    }
    try (Statement statement = c.createStatement()) {
      for (String table : SakilaTables.DDL.values()) {
        statement.execute(table);
      }
      statement.execute(SakilaTables.STORE_MANAGER);
      if (lastUpdateIndexes) {
        for (String index : LAST_UPDATE_INDEXES) {
          statement.execute(index);
        }
      }
    }
  }

  /** Every table that {@link #create} makes, parents before children. */
  public static List<String> tables() {
    return List.copyOf(SakilaTables.DDL.keySet());
  }

  /** The seven tables of {@link CustomerOrderFlatJoin}, parents before children. */
  public static List<String> joinedTables() {
    return JOINED;
  }

  static List<String> existing(Connection c) throws SQLException {
    try (PreparedStatement query = c.prepareStatement(EXISTING);
        ResultSet rows = query.executeQuery()) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString("existing"));
      }
      return names;
    }
  }
}
