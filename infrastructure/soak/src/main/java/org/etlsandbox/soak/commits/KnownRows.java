package org.etlsandbox.soak.commits;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The ids that are there to be changed: those at the beginning and those committed since. */
final class KnownRows {

  /** Every twentieth choice falls on one of the first few rows, so that writers meet. */
  private static final int MEETING_PERCENT = 5;

  private static final int MEETING_ROWS = 10;

  enum Table {
    CATEGORY("SELECT category_id FROM category ORDER BY 1"),
    FILM("SELECT film_id FROM film ORDER BY 1"),
    INVENTORY("SELECT inventory_id FROM inventory ORDER BY 1"),
    CUSTOMER("SELECT customer_id FROM customer ORDER BY 1"),
    RENTAL("SELECT rental_id FROM rental ORDER BY 1"),
    PAYMENT("SELECT payment_id FROM payment ORDER BY 1");

    private final String ids;

    Table(String ids) {
      this.ids = ids;
    }
  }

  private final Map<Table, List<Long>> known = new EnumMap<>(Table.class);

  static KnownRows read(Connection jupiter) throws SQLException {
    KnownRows rows = new KnownRows();
    for (Table table : Table.values()) {
      List<Long> ids = new ArrayList<>();
      try (Statement statement = jupiter.createStatement();
          ResultSet row = statement.executeQuery(table.ids)) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
      rows.known.put(table, ids);
    }
    return rows;
  }

  synchronized long any(Table table, Random dice) {
    List<Long> ids = Objects.requireNonNull(known.get(table));
    boolean meeting = dice.nextInt(100) < MEETING_PERCENT;
    return ids.get(dice.nextInt(meeting ? Math.min(MEETING_ROWS, ids.size()) : ids.size()));
  }

  synchronized void add(Table table, long id) {
    Objects.requireNonNull(known.get(table)).add(id);
  }
}
