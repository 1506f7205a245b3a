package org.etlsandbox.testkit.worker;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.sakila.CustomerOrderFlatJoin;
import org.jspecify.annotations.Nullable;

/**
 * All rows of {@code CustomerOrderFlat} as one side holds them, as text, in key order. Reads by
 * plain SQL, through nothing that the suite itself uses, so that no error of an adapter can hide
 * itself.
 */
public final class JoinedRows {

  private static final String CURRENT =
      """
      SELECT rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,
        category, amount, rental_date, return_date
      FROM customer_order_flat_current
      ORDER BY rental_id, payment_id, category_id
      """;

  private JoinedRows() {}

  /** What Jupiter's own seven-way join gives. */
  public static List<String> inJupiter(Connection jupiter) throws SQLException {
    try (Statement statement = jupiter.createStatement()) {
      statement.execute("SET time_zone = '+00:00'");
    }
    return read(jupiter, CustomerOrderFlatJoin.SQL);
  }

  /** What a destination shows without tombstones. */
  public static List<String> inDestination(Connection destination) throws SQLException {
    return read(destination, CURRENT);
  }

  private static List<String> read(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(
            "%d|%d|%d|%d|<%s>|%d|<%s>|<%s>|%s|%s|%s"
                .formatted(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getLong(6),
                    row.getString(7),
                    row.getString(8),
                    amount(row.getBigDecimal(9)),
                    row.getObject(10, LocalDateTime.class),
                    returned(row.getObject(11, LocalDateTime.class))));
      }
    }
    return rows;
  }

  /** As it is, with its own number of digits; a third digit would show. */
  private static String amount(BigDecimal amount) {
    return amount.setScale(Math.max(2, amount.stripTrailingZeros().scale())).toPlainString();
  }

  private static String returned(@Nullable LocalDateTime moment) {
    return moment == null ? "out" : moment.toString();
  }
}
