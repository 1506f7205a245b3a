package org.etlsandbox.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.etlsandbox.soak.stage.Login;

/** The table that somebody without us would make in PostgreSQL. */
final class FlatTable {

  static final String NAME = "customer_order_flat";

  static final String COLUMNS =
      "rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,"
          + " category, amount, rental_date, return_date";

  private static final String CREATE =
      """
      CREATE TABLE customer_order_flat (
        rental_id     bigint         NOT NULL,
        payment_id    bigint         NOT NULL,
        category_id   bigint         NOT NULL,
        customer_id   bigint         NOT NULL,
        customer_name text           NOT NULL,
        film_id       bigint         NOT NULL,
        film_title    text           NOT NULL,
        category      text           NOT NULL,
        amount        numeric(10, 2) NOT NULL,
        rental_date   timestamp(0)   NOT NULL,
        return_date   timestamp(0),
        PRIMARY KEY (rental_id, payment_id, category_id)
      )
      """;

  // A sum, so that the order of the rows is of no account
  private static final String DIGEST =
      """
      SELECT count(*), coalesce(sum(hashtextextended(concat_ws('|', %s), 0)::numeric), 0)::text
        FROM %s
      """;

  private FlatTable() {}

  static void create(Login database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      statement.execute("CHECKPOINT");
    }
  }

  /** What is in it, with the time and the resources that it took. */
  static Lap lap(
      Login database, String table, double seconds, Map<String, Double> cpuSeconds, long peakBytes)
      throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DIGEST.formatted(COLUMNS, table))) {
      row.next();
      return new Lap(seconds, cpuSeconds, peakBytes, row.getLong(1), row.getString(2));
    }
  }
}
