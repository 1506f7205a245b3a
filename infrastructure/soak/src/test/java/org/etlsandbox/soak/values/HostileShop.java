package org.etlsandbox.soak.values;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.testkit.engine.TestDatabase;

/** A Jupiter with some harmless rentals, into which plain SQL puts the hostile ones. */
final class HostileShop {

  /** So many that the hostile ones stay below the share at which a worker stops by itself. */
  static final int HARMLESS = 6_000;

  /** Of the harmless rentals; no hostile one has it. */
  static final int HARMLESS_FILM = 7;

  // Zero dates, dates that the calendar lacks and ids that are 0 are let in
  private static final String SESSION =
      """
      SET SESSION time_zone = '+00:00', foreign_key_checks = 0,
        sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'
      """;

  private static final List<String> WIDER =
      List.of(
          "rental MODIFY rental_id BIGINT, MODIFY inventory_id BIGINT NOT NULL,"
              + " MODIFY customer_id BIGINT NOT NULL, MODIFY rental_date DATETIME(6) NOT NULL,"
              + " MODIFY return_date DATETIME(6)",
          "payment MODIFY payment_id BIGINT, MODIFY rental_id BIGINT, MODIFY customer_id BIGINT,"
              + " MODIFY amount DECIMAL(14, 4)",
          "customer MODIFY customer_id BIGINT",
          "inventory MODIFY inventory_id BIGINT, MODIFY film_id BIGINT NOT NULL",
          "film MODIFY film_id BIGINT, MODIFY title VARCHAR(255) NOT NULL",
          "film_category MODIFY film_id BIGINT, MODIFY category_id BIGINT",
          "category MODIFY category_id BIGINT");

  private static final String FOREIGN_KEYS =
      """
      SELECT table_name, constraint_name
      FROM information_schema.table_constraints
      WHERE table_schema = DATABASE() AND constraint_type = 'FOREIGN KEY'
      """;

  private final TestDatabase database;
  private final boolean widened;
  private final boolean takesHalfSurrogates;

  /**
   * @param widened all columns hold more than Sakila's own
   */
  HostileShop(TestDatabase database, boolean widened) throws SQLException {
    this.database = database;
    this.widened = widened;
    this.takesHalfSurrogates = takesHalfSurrogates();
    try (Connection connection = database.connect()) {
      SakilaSchema.create(connection, true);
    }
    if (widened) {
      run(this::widen);
    }
    run(HostileShop::addHarmless);
  }

  /** A connection of the shop's own. */
  private interface Work {
    void on(Statement statement) throws SQLException;
  }

  /** The values that this shop's columns can hold. */
  List<HostileValue> values() {
    return HostileValues.all().stream()
        .filter(value -> widened || !value.widened())
        .filter(value -> takesHalfSurrogates || !value.equals(HostileValues.HALF_SURROGATE))
        .toList();
  }

  /** One transaction, which touches the harmless rentals as well: few of many are refused. */
  void addHostileRentals() throws SQLException {
    run(statement -> {
      statement.execute("UPDATE rental SET staff_id = 2");
      List<HostileValue> all = HostileValues.all();
      for (HostileValue value : values()) {
        // By its place among all, so that a value has the same keys in every shop
        add(statement, value, all.indexOf(value));
      }
    });
  }

  static String rentalOf(HostileValue value) {
    return value.or("rental.rental_id", rentalAt(HostileValues.all().indexOf(value)));
  }

  private static int rentalAt(int index) {
    return 100_000 + index;
  }

  /** MariaDB does, MySQL refuses them (error 1366, or 1300 for a literal). */
  private boolean takesHalfSurrogates() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE half (t VARCHAR(9) CHARACTER SET utf8mb4)");
      statement.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES'");
      statement.execute("INSERT INTO half VALUES (0xEDA0BD)");
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == 1366) {
        return false;
      }
      throw e;
    }
  }

  private void widen(Statement statement) throws SQLException {
    List<String> changes = new ArrayList<>();
    try (ResultSet key = statement.executeQuery(FOREIGN_KEYS)) {
      while (key.next()) {
        changes.add(key.getString(1) + " DROP FOREIGN KEY " + key.getString(2));
      }
    }
    changes.addAll(WIDER);
    for (String change : changes) {
      statement.execute("ALTER TABLE " + change);
    }
  }

  private static void addHarmless(Statement statement) throws SQLException {
    statement.execute("INSERT INTO category (category_id, name) VALUES (7, 'Harmless')");
    statement.execute("INSERT INTO film (film_id, title, language_id) VALUES (7, 'HARMLESS', 1)");
    statement.execute("INSERT INTO film_category (film_id, category_id) VALUES (7, 7)");
    statement.execute("INSERT INTO inventory (inventory_id, film_id, store_id) VALUES (7, 7, 1)");
    statement.execute(
        """
        INSERT INTO customer
          (customer_id, store_id, first_name, last_name, address_id, create_date)
        VALUES (7, 1, 'HARM', 'LESS', 1, '2005-05-24')
        """);
    statement.execute("CREATE TEMPORARY TABLE digit (d INT)");
    statement.execute("CREATE TEMPORARY TABLE number (n INT)");
    statement.execute("INSERT INTO number VALUES (0)");
    for (int ten = 1; ten <= HARMLESS / 6; ten *= 10) {
      statement.execute("DELETE FROM digit");
      statement.execute("INSERT INTO digit SELECT n FROM number");
      for (int digit = 1; digit < (ten == HARMLESS / 6 ? 6 : 10); digit++) {
        statement.execute("INSERT INTO number SELECT d + %d FROM digit".formatted(digit * ten));
      }
    }
    statement.execute(
        """
        INSERT INTO rental (rental_id, rental_date, inventory_id, customer_id, staff_id)
        SELECT n + 1, '2005-05-24' + INTERVAL n SECOND, 7, 7, 1 FROM number ORDER BY n
        """);
    statement.execute(
        """
        INSERT INTO payment (payment_id, customer_id, staff_id, rental_id, amount, payment_date)
        SELECT n + 1, 7, 1, n + 1, 2.99, '2005-05-24' FROM number ORDER BY n
        """);
    statement.execute("ANALYZE TABLE rental, payment"); // else the plans are those of empty tables
  }

  private static void add(Statement statement, HostileValue value, int index) throws SQLException {
    String category = value.or("category.category_id", 20 + index);
    String film = value.or("film.film_id", 100 + index);
    String inventory = value.or("inventory.inventory_id", 100 + index);
    String customer = value.or("customer.customer_id", 100 + index);
    String rental = value.or("rental.rental_id", rentalAt(index));
    insert(
        statement,
        "category (category_id, name)",
        category,
        value.or("category.name", "'Category'"));
    insert(
        statement, "film (film_id, title, language_id)", film, value.or("film.title", "'T'"), "1");
    insert(statement, "film_category (film_id, category_id)", film, category);
    insert(statement, "inventory (inventory_id, film_id, store_id)", inventory, film, "1");
    insert(
        statement,
        "customer (customer_id, store_id, first_name, last_name, address_id, create_date,"
            + " last_update)",
        customer,
        "1",
        value.or("customer.first_name", "'A'"),
        value.or("customer.last_name", "'B'"),
        "1",
        "'2005-05-24'",
        value.or("customer.last_update", "NOW()"));
    insert(
        statement,
        "rental (rental_id, rental_date, inventory_id, customer_id, return_date, staff_id,"
            + " last_update)",
        rental,
        value.or("rental.rental_date", "'2005-05-24 22:53:30'"),
        inventory,
        customer,
        value.or("rental.return_date", "'2005-05-26 22:04:30'"),
        "1",
        value.or("rental.last_update", "NOW()"));
    insert(
        statement,
        "payment (payment_id, customer_id, staff_id, rental_id, amount, payment_date, last_update)",
        value.or("payment.payment_id", 20_000 + index),
        customer,
        "1",
        rental,
        value.or("payment.amount", "2.99"),
        "'2005-05-24'",
        value.or("payment.last_update", "NOW()"));
  }

  private static void insert(Statement statement, String into, String... values)
      throws SQLException {
    statement.execute("INSERT INTO " + into + " VALUES (" + String.join(", ", values) + ")");
  }

  private void run(Work work) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(SESSION);
      connection.setAutoCommit(false);
      work.on(statement);
      connection.commit();
    }
  }
}
