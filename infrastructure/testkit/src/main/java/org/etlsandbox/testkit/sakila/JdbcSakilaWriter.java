package org.etlsandbox.testkit.sakila;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.sakila.CustomerOrderFlatJoin;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.SourceTable;
import org.jspecify.annotations.Nullable;

/**
 * Writes into a Sakila on MySQL or MariaDB that was made with {@link
 * org.etlsandbox.sakila.SakilaSchema}. Moments travel as text, so that no driver shifts them.
 */
public final class JdbcSakilaWriter implements SakilaWriter {

  // Strict, but with zero dates, and with rows that refer to nothing
  private static final String SESSION =
      """
      SET SESSION time_zone = '+00:00',
                  sql_mode = 'STRICT_ALL_TABLES',
                  foreign_key_checks = 0,
                  transaction_isolation = 'READ-COMMITTED'
      """;

  private static final String ZERO_DATE = "0000-00-00 00:00:00";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final DataSource database;

  public JdbcSakilaWriter(DataSource database) {
    this.database = database;
  }

  @Override
  public void put(SakilaRow... rows) {
    try (SakilaTransaction transaction = begin()) {
      transaction.put(rows);
      transaction.commit();
    }
  }

  @Override
  public void delete(SourceTable table, ChangeKey key) {
    String where =
        table == SourceTable.FILM_CATEGORY
            ? "film_id = %d AND category_id = %d".formatted(key.first(), key.second())
            : "%s_id = %d".formatted(table.tableName(), key.first());
    execute("DELETE FROM %s WHERE %s".formatted(table.tableName(), where));
  }

  @Override
  public SakilaTransaction begin() {
    try {
      Connection connection = open();
      connection.setAutoCommit(false);
      return new JdbcTransaction(connection);
    } catch (SQLException e) {
      throw failed("begin", e);
    }
  }

  @Override
  public Instant now() {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CAST(NOW() AS CHAR)")) {
      row.next();
      return LocalDateTime.parse(row.getString(1), MOMENT).toInstant(ZoneOffset.UTC);
    } catch (SQLException e) {
      throw failed("now", e);
    }
  }

  @Override
  public void letPass(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Jupiter's clock went on", e);
    }
  }

  @Override
  public void dropTable(SourceTable table) {
    execute("DROP TABLE " + table.tableName());
  }

  @Override
  public void dropColumn(SourceTable table, String column) {
    execute("ALTER TABLE %s DROP COLUMN %s".formatted(table.tableName(), column));
  }

  @Override
  public List<CustomerOrderFlat> join() {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CustomerOrderFlatJoin.SQL)) {
      List<CustomerOrderFlat> rows = new ArrayList<>();
      while (row.next()) {
        String rented = row.getString("rental_date");
        if (rented != null && !rented.startsWith("0000-")) {
          rows.add(flat(row, moment(rented)));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failed("the seven-way join", e);
    }
  }

  private static CustomerOrderFlat flat(ResultSet row, LocalDateTime rented) throws SQLException {
    String returned = row.getString("return_date");
    return new CustomerOrderFlat(
        row.getLong("rental_id"),
        row.getLong("payment_id"),
        row.getLong("category_id"),
        row.getLong("customer_id"),
        row.getString("customer_name"),
        row.getLong("film_id"),
        row.getString("film_title"),
        row.getString("category"),
        row.getBigDecimal("amount").movePointRight(2).longValueExact(),
        rented,
        returned == null ? null : moment(returned));
  }

  /** Servers and drivers write a fraction of zero seconds or none. */
  private static LocalDateTime moment(String text) {
    return LocalDateTime.parse(text.substring(0, ZERO_DATE.length()), MOMENT);
  }

  private Connection open() throws SQLException {
    Connection connection = database.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(SESSION);
    }
    return connection;
  }

  private void execute(String sql) {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private static IllegalStateException failed(String what, SQLException e) {
    return new IllegalStateException("Writing Sakila, " + what + ": " + e.getMessage(), e);
  }

  private record JdbcTransaction(Connection connection) implements SakilaTransaction {
    @Override
    public void put(SakilaRow... rows) {
      try {
        for (SakilaRow row : rows) {
          put(row);
        }
      } catch (SQLException e) {
        throw failed("put", e);
      }
    }

    private void put(SakilaRow row) throws SQLException {
      String lastUpdate = text(row.lastUpdate());
      switch (row) {
        case SakilaRow.Rental r ->
            replace(
                """
                REPLACE INTO rental
                  (rental_id, rental_date, inventory_id, customer_id, return_date, staff_id,
                   last_update)
                VALUES (?, ?, ?, ?, ?, 1, ?)
                """,
                r.rentalId(),
                r.rentalDate() == null ? ZERO_DATE : MOMENT.format(r.rentalDate()),
                r.inventoryId(),
                r.customerId(),
                r.returnDate() == null ? null : MOMENT.format(r.returnDate()),
                lastUpdate);
        case SakilaRow.Payment p ->
            replace(
                """
                REPLACE INTO payment
                  (payment_id, customer_id, staff_id, rental_id, amount, payment_date, last_update)
                VALUES (?, 1, 1, ?, ?, '2005-05-25 11:30:37', ?)
                """,
                p.paymentId(),
                p.rentalId(),
                BigDecimal.valueOf(p.amountCents(), 2),
                lastUpdate);
        case SakilaRow.Customer c ->
            replace(
                """
                REPLACE INTO customer
                  (customer_id, store_id, first_name, last_name, address_id, create_date,
                   last_update)
                VALUES (?, 1, ?, ?, 1, '2006-02-14 22:04:36', ?)
                """,
                c.customerId(),
                c.firstName(),
                c.lastName(),
                lastUpdate);
        case SakilaRow.Inventory i ->
            replace(
                "REPLACE INTO inventory (inventory_id, film_id, store_id, last_update) VALUES (?, ?, 1, ?)",
                i.inventoryId(),
                i.filmId(),
                lastUpdate);
        case SakilaRow.Film f ->
            replace(
                "REPLACE INTO film (film_id, title, language_id, last_update) VALUES (?, ?, 1, ?)",
                f.filmId(),
                f.title(),
                lastUpdate);
        case SakilaRow.FilmCategory fc ->
            replace(
                "REPLACE INTO film_category (film_id, category_id, last_update) VALUES (?, ?, ?)",
                fc.filmId(),
                fc.categoryId(),
                lastUpdate);
        case SakilaRow.Category c ->
            replace(
                "REPLACE INTO category (category_id, name, last_update) VALUES (?, ?, ?)",
                c.categoryId(),
                c.name(),
                lastUpdate);
      }
    }

    private void replace(String sql, @Nullable Object... values) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
      }
    }

    private static @Nullable String text(@Nullable Instant moment) {
      return moment == null ? null : MOMENT.format(moment.atOffset(ZoneOffset.UTC));
    }

    @Override
    public void commit() {
      try {
        connection.commit();
        connection.close();
      } catch (SQLException e) {
        throw failed("commit", e);
      }
    }

    @Override
    public void rollback() {
      try {
        if (!connection.isClosed()) {
          connection.rollback();
          connection.close();
        }
      } catch (SQLException e) {
        throw failed("rollback", e);
      }
    }
  }
}
