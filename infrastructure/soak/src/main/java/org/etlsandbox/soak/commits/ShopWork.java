package org.etlsandbox.soak.commits;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.etlsandbox.soak.commits.KnownRows.Table;

/**
 * The statements of one transaction. Changes all seven tables, in ways that polling can see: no row
 * is deleted, no category taken from a film, no {@code last_update} set by hand.
 */
final class ShopWork {

  /** Every text that is written differs from all others: a change that is lost shows. */
  private static final AtomicLong SERIAL = new AtomicLong();

  private static final LocalDateTime FIRST_RENTAL = LocalDateTime.parse("1990-01-01T00:00:00");

  private final Connection connection;
  private final KnownRows rows;
  private final Random dice;
  private final List<Runnable> news = new ArrayList<>();

  ShopWork(Connection connection, KnownRows rows, Random dice) {
    this.connection = connection;
    this.rows = rows;
    this.dice = dice;
  }

  /** One step, of one or two statements. */
  void step() throws SQLException {
    // Of ten thousand. A category is in a sixteenth of all flats, so its name changes seldom; and
    // films
    // gain few categories, or each would soon have them all
    int draw = dice.nextInt(10_000);
    if (draw < 600) {
      rent();
    } else if (draw < 1_600) {
      pay(rows.any(Table.RENTAL, dice));
    } else if (draw < 4_600) {
      changeRental(rows.any(Table.RENTAL, dice));
    } else if (draw < 7_600) {
      changeAmount();
    } else if (draw < 8_200) {
      change(
          "UPDATE payment SET rental_id = ? WHERE payment_id = ?",
          rows.any(Table.RENTAL, dice),
          rows.any(Table.PAYMENT, dice));
    } else if (draw < 8_900) {
      change(
          "UPDATE customer SET last_name = ? WHERE customer_id = ?",
          text(),
          rows.any(Table.CUSTOMER, dice));
    } else if (draw < 9_300) {
      change(
          "UPDATE inventory SET film_id = ? WHERE inventory_id = ?",
          rows.any(Table.FILM, dice),
          rows.any(Table.INVENTORY, dice));
    } else if (draw < 9_500) {
      stock();
    } else if (draw < 9_600) {
      join();
    } else if (draw < 9_850) {
      change("UPDATE film SET title = ? WHERE film_id = ?", text(), rows.any(Table.FILM, dice));
    } else if (draw < 9_960) {
      change(
          "UPDATE film_category SET category_id = ? WHERE film_id = ? ORDER BY category_id LIMIT 1",
          rows.any(Table.CATEGORY, dice),
          rows.any(Table.FILM, dice));
    } else if (draw < 9_996) {
      change(
          "INSERT INTO film_category (film_id, category_id) VALUES (?, ?)",
          rows.any(Table.FILM, dice),
          rows.any(Table.CATEGORY, dice));
    } else {
      change(
          "UPDATE category SET name = ? WHERE category_id = ?",
          text(),
          rows.any(Table.CATEGORY, dice));
    }
  }

  /** Every call changes it. */
  void changeRental(long rental) throws SQLException {
    change(
        "UPDATE rental SET return_date = ?, customer_id = ? WHERE rental_id = ?",
        FIRST_RENTAL.plusSeconds(SERIAL.incrementAndGet()),
        rows.any(Table.CUSTOMER, dice),
        rental);
  }

  /** To be called when the transaction has committed: what it made can be changed by others. */
  void committed() {
    news.forEach(Runnable::run);
  }

  static String text() {
    return "CHANGE " + SERIAL.incrementAndGet();
  }

  private void changeAmount() throws SQLException {
    change(
        "UPDATE payment SET amount = ? / 100 WHERE payment_id = ?",
        dice.nextInt(100_000),
        rows.any(Table.PAYMENT, dice));
  }

  private void rent() throws SQLException {
    long rental =
        insert(
            """
            INSERT INTO rental (rental_date, inventory_id, customer_id, staff_id)
            VALUES (?, ?, ?, 1)
            """,
            FIRST_RENTAL.plusSeconds(SERIAL.incrementAndGet()),
            rows.any(Table.INVENTORY, dice),
            rows.any(Table.CUSTOMER, dice));
    news.add(() -> rows.add(Table.RENTAL, rental));
    pay(rental);
  }

  private void pay(long rental) throws SQLException {
    long payment =
        insert(
            """
            INSERT INTO payment (customer_id, staff_id, rental_id, amount, payment_date)
            VALUES (?, 1, ?, ? / 100, '2026-01-01 00:00:00')
            """,
            rows.any(Table.CUSTOMER, dice),
            rental,
            dice.nextInt(100_000));
    news.add(() -> rows.add(Table.PAYMENT, payment));
  }

  private void stock() throws SQLException {
    long inventory =
        insert(
            "INSERT INTO inventory (film_id, store_id) VALUES (?, 1)", rows.any(Table.FILM, dice));
    news.add(() -> rows.add(Table.INVENTORY, inventory));
  }

  private void join() throws SQLException {
    long customer =
        insert(
            """
            INSERT INTO customer (store_id, first_name, last_name, address_id, create_date)
            VALUES (1, 'NEW', ?, 1, '2026-01-01 00:00:00')
            """,
            text());
    news.add(() -> rows.add(Table.CUSTOMER, customer));
  }

  private void change(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      fill(statement, values);
      statement.executeUpdate();
    }
  }

  private long insert(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      fill(statement, values);
      statement.executeUpdate();
      try (ResultSet key = statement.getGeneratedKeys()) {
        key.next();
        return key.getLong(1);
      }
    }
  }

  private static void fill(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
