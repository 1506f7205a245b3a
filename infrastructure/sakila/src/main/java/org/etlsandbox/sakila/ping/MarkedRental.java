package org.etlsandbox.sakila.ping;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A rental of a customer of its own, called {@code ETL PING …}: who finds it in a table knows what
 * it is, and nobody else's rows are touched.
 *
 * @param rentalId in Jupiter
 * @param customerId of the customer that exists for this rental alone
 * @param customerName as destinations show it; no other rental has it
 */
public record MarkedRental(long rentalId, long customerId, String customerName) {

  private static final String FIRST_NAME = "ETL";
  private static final String LAST_NAME = "PING ";

  // Any rental that the join shows: its film, store, address and staff are known to fit
  private static final String MODEL =
      """
      SELECT r.inventory_id, r.staff_id, c.store_id, c.address_id
        FROM rental r
        JOIN customer c ON c.customer_id = r.customer_id
        JOIN inventory i ON i.inventory_id = r.inventory_id
        JOIN film_category fc ON fc.film_id = i.film_id
        JOIN payment p ON p.rental_id = r.rental_id
       LIMIT 1
      """;

  private static final String CUSTOMER =
      """
      INSERT INTO customer (store_id, first_name, last_name, address_id, create_date)
      VALUES (?, ?, ?, ?, NOW())
      """;

  private static final String RENTAL =
      """
      INSERT INTO rental (rental_date, inventory_id, customer_id, return_date, staff_id)
      VALUES (NOW(), ?, ?, NULL, ?)
      """;

  private static final String PAYMENT =
      """
      INSERT INTO payment (customer_id, staff_id, rental_id, amount, payment_date)
      VALUES (?, ?, ?, 0.01, NOW())
      """;

  private static final String LEFT_BEHIND =
      """
      SELECT r.rental_id, c.customer_id, CONCAT(c.first_name, ' ', c.last_name)
        FROM customer c
        JOIN rental r ON r.customer_id = c.customer_id
       WHERE c.first_name = ? AND c.last_name LIKE ?
         AND c.create_date < NOW() - INTERVAL ? SECOND
      """;

  /**
   * Inserts one, in a transaction of its own.
   *
   * @param jupiter must be free to commit
   * @throws IllegalStateException if Jupiter has no rental that could serve as a model
   */
  static MarkedRental insert(Connection jupiter) throws SQLException {
    String lastName =
        LAST_NAME
            + "%08x".formatted(ThreadLocalRandom.current().nextInt()).toUpperCase(Locale.ROOT);
    return inTransaction(
        jupiter,
        () -> {
          long[] model = model(jupiter);
          long customer = insert(jupiter, CUSTOMER, model[2], FIRST_NAME, lastName, model[3]);
          long rental = insert(jupiter, RENTAL, model[0], customer, model[1]);
          insert(jupiter, PAYMENT, customer, model[1], rental);
          return new MarkedRental(rental, customer, FIRST_NAME + " " + lastName);
        });
  }

  /** Those that a ping left behind which was killed so long ago. */
  static List<MarkedRental> leftBehind(Connection jupiter, long secondsAgo) throws SQLException {
    try (PreparedStatement query = jupiter.prepareStatement(LEFT_BEHIND)) {
      query.setString(1, FIRST_NAME);
      query.setString(2, LAST_NAME + "%");
      query.setLong(3, secondsAgo);
      List<MarkedRental> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(new MarkedRental(row.getLong(1), row.getLong(2), row.getString(3)));
        }
      }
      return found;
    }
  }

  /**
   * Takes it out of the join in a way that polls see, unlike a plain DELETE: it loses its payments
   * and changes itself.
   */
  void leaveTheJoin(Connection jupiter) throws SQLException {
    inTransaction(
        jupiter,
        () -> {
          update(jupiter, "DELETE FROM payment WHERE rental_id = ?", rentalId);
          return update(
              jupiter, "UPDATE rental SET return_date = NOW() WHERE rental_id = ?", rentalId);
        });
  }

  /**
   * Deletes all of it.
   *
   * @throws SQLException also if somebody else's rows refer to its customer by now
   */
  void delete(Connection jupiter) throws SQLException {
    inTransaction(
        jupiter,
        () -> {
          update(jupiter, "DELETE FROM payment WHERE rental_id = ?", rentalId);
          update(jupiter, "DELETE FROM rental WHERE rental_id = ?", rentalId);
          return update(jupiter, "DELETE FROM customer WHERE customer_id = ?", customerId);
        });
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private static <T> T inTransaction(Connection jupiter, Work<T> work) throws SQLException {
    jupiter.setAutoCommit(false);
    try {
      T result = work.run();
      jupiter.commit();
      return result;
    } finally {
      // After a commit there is nothing left to undo
      jupiter.rollback();
      jupiter.setAutoCommit(true);
    }
  }

  private static long[] model(Connection jupiter) throws SQLException {
    try (Statement query = jupiter.createStatement();
        ResultSet row = query.executeQuery(MODEL)) {
      if (!row.next()) {
        throw new IllegalStateException(
            "Jupiter has no rental with a payment yet, which a ping needs as its model: seed it first.");
      }
      return new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)};
    }
  }

  private static long insert(Connection jupiter, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement =
        jupiter.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      bind(statement, values);
      statement.executeUpdate();
      try (ResultSet key = statement.getGeneratedKeys()) {
        key.next();
        return key.getLong(1);
      }
    }
  }

  private static int update(Connection jupiter, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = jupiter.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
