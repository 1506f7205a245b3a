package org.etlsandbox.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.etlsandbox.soak.stage.Login;

/**
 * Changes that are fixed before the first one is made: each gives one payment of its own another
 * amount, and the rentals are in the order of the changes. So a destination can be asked for those
 * that are still to be seen by a short range of its key.
 *
 * <p>Thread-safe. Moments are those of {@link System#nanoTime}.
 */
final class Changes {

  /** Only payments that are in the join; a film without a category has no row. */
  private static final String TARGETS =
      """
      SELECT p.rental_id, MIN(p.payment_id), ROUND(100 * MIN(p.amount))
        FROM payment p
        JOIN rental r ON r.rental_id = p.rental_id
        JOIN inventory i ON i.inventory_id = r.inventory_id
        JOIN film_category fc ON fc.film_id = i.film_id
       WHERE p.rental_id BETWEEN 1 AND ?
       GROUP BY p.rental_id
      HAVING COUNT(DISTINCT p.payment_id) = 1
       ORDER BY p.rental_id
       LIMIT ?
      """;

  private static final long LARGEST_CENTS = 99_999;

  private final long[] rentals;
  private final long[] payments;
  private final long[] cents;
  private final Map<Long, Integer> byPayment = new HashMap<>();
  private final AtomicLongArray committed;
  private final AtomicInteger last = new AtomicInteger(-1);

  /**
   * @param rentals ascending, one a change
   * @param payments one of each rental
   * @param cents what each of them gets
   */
  Changes(long[] rentals, long[] payments, long[] cents) {
    this.rentals = rentals;
    this.payments = payments;
    this.cents = cents;
    this.committed = new AtomicLongArray(rentals.length);
    for (int i = 0; i < payments.length; i++) {
      byPayment.put(payments[i], i);
    }
  }

  /**
   * Finds payments to change.
   *
   * @throws IllegalStateException when there are too few
   */
  static Changes prepare(Login jupiter, int count) throws SQLException {
    long[] rentals = new long[count];
    long[] payments = new long[count];
    long[] cents = new long[count];
    int found = 0;
    try (Connection connection = jupiter.connect();
        PreparedStatement query = connection.prepareStatement(TARGETS)) {
      // Nine rentals of ten have one payment
      query.setLong(1, 2L * count);
      query.setInt(2, count);
      try (ResultSet row = query.executeQuery()) {
        for (; row.next(); found++) {
          rentals[found] = row.getLong(1);
          payments[found] = row.getLong(2);
          long now = row.getLong(3);
          cents[found] = now < LARGEST_CENTS ? now + 1 : now - 1;
        }
      }
    }
    if (found < count) {
      throw new IllegalStateException(
          "Jupiter has %,d rentals to change, not %,d: choose more --rentals"
              .formatted(found, count));
    }
    return new Changes(rentals, payments, cents);
  }

  int size() {
    return rentals.length;
  }

  long rental(int change) {
    return rentals[change];
  }

  long payment(int change) {
    return payments[change];
  }

  long cents(int change) {
    return cents[change];
  }

  /** The change that gave a payment this amount, or -1 when none did. */
  int of(long payment, long amount) {
    Integer change = byPayment.get(payment);
    return change != null && cents[change] == amount ? change : -1;
  }

  void committed(int change, long moment) {
    committed.set(change, moment);
    last.accumulateAndGet(change, Math::max);
  }

  /** The last change that may be seen by now; -1 before the first. */
  int last() {
    return last.get();
  }

  /** When its commit was confirmed; only for a change that was made. */
  long committedAt(int change) {
    return committed.get(change);
  }
}
