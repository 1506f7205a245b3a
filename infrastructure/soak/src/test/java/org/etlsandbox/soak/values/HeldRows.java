package org.etlsandbox.soak.values;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.etlsandbox.sakila.CustomerOrderFlatJoin;
import org.jspecify.annotations.Nullable;

/**
 * The hostile rentals as one side holds them, by rental id: texts as their bytes in hexadecimal,
 * everything else as the server itself writes it. No driver and no adapter converts anything.
 */
final class HeldRows {

  private static final String JUPITER =
      """
      SELECT CAST(rental_id AS CHAR), CAST(payment_id AS CHAR), CAST(category_id AS CHAR),
        CAST(customer_id AS CHAR), HEX(CONVERT(customer_name USING utf8mb4)),
        CAST(film_id AS CHAR), HEX(CONVERT(film_title USING utf8mb4)),
        HEX(CONVERT(category USING utf8mb4)), CAST(amount AS CHAR), CAST(rental_date AS CHAR),
        CAST(return_date AS CHAR)
      FROM (%s) flats WHERE film_id <> %d
      """;

  private static final String POSTGRESQL =
      """
      SELECT rental_id::text, payment_id::text, category_id::text,
        customer_id::text, encode(convert_to(customer_name, 'UTF8'), 'hex'),
        film_id::text, encode(convert_to(film_title, 'UTF8'), 'hex'),
        encode(convert_to(category, 'UTF8'), 'hex'), amount::text,
        to_char(rental_date, 'YYYY-MM-DD HH24:MI:SS.US'),
        to_char(return_date, 'YYYY-MM-DD HH24:MI:SS.US')
      FROM customer_order_flat_current WHERE film_id <> %d
      """;

  private static final String CLICKHOUSE =
      """
      SELECT toString(rental_id), toString(payment_id), toString(category_id),
        toString(customer_id), hex(customer_name),
        toString(film_id), hex(film_title), hex(category), toString(amount),
        toString(rental_date), toString(return_date)
      FROM customer_order_flat_current WHERE film_id <> %d
      """;

  // NVARCHAR is UTF-16, little end first; style 2 is hexadecimal without 0x, style 121 ISO
  private static final String SQL_SERVER =
      """
      SELECT CONVERT(VARCHAR(20), rental_id), CONVERT(VARCHAR(20), payment_id),
        CONVERT(VARCHAR(20), category_id), CONVERT(VARCHAR(20), customer_id),
        CONVERT(VARCHAR(MAX), CONVERT(VARBINARY(MAX), customer_name), 2),
        CONVERT(VARCHAR(20), film_id),
        CONVERT(VARCHAR(MAX), CONVERT(VARBINARY(MAX), film_title), 2),
        CONVERT(VARCHAR(MAX), CONVERT(VARBINARY(MAX), category), 2),
        CONVERT(VARCHAR(20), amount), CONVERT(VARCHAR(27), rental_date, 121),
        CONVERT(VARCHAR(27), return_date, 121)
      FROM customer_order_flat_current WHERE film_id <> %d
      """;

  private HeldRows() {}

  static Map<String, List<String>> inJupiter(Connection jupiter) throws SQLException {
    return read(
        jupiter, JUPITER.formatted(CustomerOrderFlatJoin.SQL, HostileShop.HARMLESS_FILM), false);
  }

  /** Of a destination, without tombstones. */
  static Map<String, List<String>> in(String product, Connection destination) throws SQLException {
    String sql =
        switch (product) {
          case "PostgreSQL" -> POSTGRESQL;
          case "ClickHouse" -> CLICKHOUSE;
          case "SQL Server" -> SQL_SERVER;
          default -> throw new IllegalArgumentException(product);
        };
    return read(
        destination, sql.formatted(HostileShop.HARMLESS_FILM), product.equals("SQL Server"));
  }

  private static Map<String, List<String>> read(Connection connection, String sql, boolean utf16)
      throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        String rental = row.getString(1);
        rows.computeIfAbsent(rental, id -> new ArrayList<>())
            .add(
                String.join(
                    " ",
                    rental,
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    bytes(row.getString(5), utf16),
                    row.getString(6),
                    bytes(row.getString(7), utf16),
                    bytes(row.getString(8), utf16),
                    amount(row.getString(9)),
                    moment(row.getString(10)),
                    moment(row.getString(11))));
      }
    }
    return rows;
  }

  private static String bytes(String hex, boolean utf16) {
    if (!utf16) {
      return "<" + hex.toLowerCase(java.util.Locale.ROOT) + ">";
    }
    byte[] bytes = HexFormat.of().parseHex(hex);
    return "<" + HostileValue.hex(new String(bytes, StandardCharsets.UTF_16LE)) + ">";
  }

  /** Digits after the point that are 0 are not a difference: a wider source column shows more. */
  private static String amount(@Nullable String amount) {
    return amount == null ? "null" : new BigDecimal(amount).stripTrailingZeros().toPlainString();
  }

  private static String moment(@Nullable String moment) {
    return moment == null ? "null" : moment.replaceFirst("\\.0+$", "").replace(' ', 'T');
  }
}
