package org.etlsandbox.benchmark.arena;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.soak.stage.Login;

/**
 * Remembers payments before they are changed, in a schema of its own on Jupiter's server, so that
 * Jupiter can be put back to what was seeded, also by the next benchmark.
 */
public final class PaymentChanges {

  private static final String REMEMBERED =
      """
      SELECT COUNT(*)
        FROM information_schema.tables
       WHERE table_schema = 'etl_bench' AND table_name = 'payment_before'
      """;

  /** Explicitly, since every other UPDATE moves last_update by itself. */
  private static final String PUT_BACK =
      """
      UPDATE payment p
        JOIN etl_bench.payment_before b ON b.payment_id = p.payment_id
         SET p.amount = b.amount, p.last_update = b.last_update
      """;

  private PaymentChanges() {}

  /** Remembers all payments of the rentals in {@code [from, to]}. */
  public static void remember(Login jupiter, long from, long to) throws SQLException {
    try (Connection connection = jupiter.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS etl_bench");
      statement.execute(
          """
          CREATE TABLE etl_bench.payment_before (PRIMARY KEY (payment_id)) AS
          SELECT payment_id, amount, last_update FROM payment WHERE rental_id BETWEEN %d AND %d
          """
              .formatted(from, to));
    }
  }

  /** Puts back what was remembered, if anything was. */
  public static void undo(Login jupiter) throws SQLException {
    try (Connection connection = jupiter.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(REMEMBERED)) {
        row.next();
        if (row.getInt(1) == 0) {
          return;
        }
      }
      statement.execute(PUT_BACK);
      statement.execute("DROP TABLE etl_bench.payment_before");
    }
  }
}
