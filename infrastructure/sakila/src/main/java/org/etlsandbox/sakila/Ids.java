package org.etlsandbox.sakila;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Which ids there are, without a list of them: the highest one, and the next from a point on. */
final class Ids {

  // Auto-increment values are also used up by transactions that roll back and by those now open.
  private static final int RESERVE = 100;

  /** A table that has a numeric key of its own. */
  enum Table {
    CATEGORY(
        "SELECT MAX(category_id) FROM category",
        "SELECT category_id FROM category WHERE category_id >= ? ORDER BY category_id LIMIT 1"),
    FILM(
        "SELECT MAX(film_id) FROM film",
        "SELECT film_id FROM film WHERE film_id >= ? ORDER BY film_id LIMIT 1"),
    INVENTORY(
        "SELECT MAX(inventory_id) FROM inventory",
        "SELECT inventory_id FROM inventory WHERE inventory_id >= ? ORDER BY inventory_id LIMIT 1"),
    CUSTOMER(
        "SELECT MAX(customer_id) FROM customer",
        "SELECT customer_id FROM customer WHERE customer_id >= ? ORDER BY customer_id LIMIT 1"),
    RENTAL(
        "SELECT MAX(rental_id) FROM rental",
        "SELECT rental_id FROM rental WHERE rental_id >= ? ORDER BY rental_id LIMIT 1"),
    PAYMENT(
        "SELECT MAX(payment_id) FROM payment",
        "SELECT payment_id FROM payment WHERE payment_id >= ? ORDER BY payment_id LIMIT 1");

    private final String max;
    private final String from;

    Table(String max, String from) {
      this.max = max;
      this.from = from;
    }
  }

  // What the key's type holds: the seed widens payment_id when it needs to, so it is looked up.
  private static final String LIMIT =
      """
      SELECT CASE
               WHEN column_type LIKE 'tinyint%unsigned' THEN 255
               WHEN column_type LIKE 'smallint%unsigned' THEN 65535
               WHEN column_type LIKE 'mediumint%unsigned' THEN 16777215
               ELSE 2147483647
             END
        FROM information_schema.columns
       WHERE table_schema = DATABASE()
         AND table_name = LOWER(?)
         AND extra LIKE '%auto_increment%'
      """;

  private final Map<Table, AtomicLong> highest = new EnumMap<>(Table.class);
  private final Map<Table, Long> limits = new EnumMap<>(Table.class);

  private Ids() {}

  static Ids read(Connection c) throws SQLException {
    Ids ids = new Ids();
    for (Table table : Table.values()) {
      try (PreparedStatement max = c.prepareStatement(table.max);
          PreparedStatement limit = c.prepareStatement(LIMIT)) {
        ids.highest.put(table, new AtomicLong(number(max)));
        limit.setString(1, table.name());
        ids.limits.put(table, number(limit));
      }
    }
    return ids;
  }

  /** The id of some row of the table, or 0, which no row has, if the table is empty. */
  long any(Connection c, Table table, Draw draw) throws SQLException {
    long max = highest(table);
    return max == 0 ? 0 : from(c, table, 1 + draw.below(max));
  }

  /** As {@link #any}, but among the {@code range} highest ids. */
  long recent(Connection c, Table table, Draw draw, int range) throws SQLException {
    return from(c, table, Math.max(1, highest(table) - draw.below(range)));
  }

  private static long from(Connection c, Table table, long point) throws SQLException {
    try (PreparedStatement query = c.prepareStatement(table.from)) {
      query.setLong(1, point);
      long found = number(query);
      if (found == 0) {
        query.setLong(1, 1);
        found = number(query);
      }
      return found;
    }
  }

  boolean hasRoom(Table table) {
    Long limit = limits.get(table);
    return limit != null && highest(table) < limit - RESERVE;
  }

  void created(Table table, long id) {
    counter(table).accumulateAndGet(id, Math::max);
  }

  private long highest(Table table) {
    return counter(table).get();
  }

  private AtomicLong counter(Table table) {
    return Objects.requireNonNull(highest.get(table));
  }

  /** The first number of the first row; 0 for NULL and for no row. */
  private static long number(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
