package org.etlsandbox.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.source.SettleOptions;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A value that cannot be copied exactly makes its row defective, with the value in the reason. */
class FlatDefectsTest {

  @Nested
  @ResourceLock("MariaDB")
  class OnMariaDb extends Defects {
    OnMariaDb() {
      super(TestEngines.mariaDb());
    }
  }

  @Nested
  @ResourceLock("MySQL")
  class OnMySql extends Defects {
    OnMySql() {
      super(TestEngines.mySql());
    }
  }

  /** Rentals 1 to 6, of which a test spoils some. */
  abstract static class Defects {

    private final EngineUnderTest engine;
    private JupiterDatabase database;
    private Connection connection;

    Defects(EngineUnderTest engine) {
      this.engine = engine;
    }

    @BeforeEach
    void fill(TestReporter reporter) throws SQLException {
      database = new JupiterDatabase(engine, false);
      database.report(reporter);
      connection = database.connect();
      execute("SET SESSION sql_mode = ''"); // lets zero dates in
      execute("INSERT INTO category (category_id, name) VALUES (1, 'Action')");
      execute("INSERT INTO film (film_id, title, language_id) VALUES (1, 'TITLE', 1)");
      execute("INSERT INTO film_category (film_id, category_id) VALUES (1, 1)");
      execute("INSERT INTO inventory (inventory_id, film_id, store_id) VALUES (1, 1, 1)");
      execute(
          """
          INSERT INTO customer (customer_id, store_id, first_name, last_name, address_id, create_date)
          VALUES (1, 1, 'A', 'B', 1, '2005-05-24')
          """);
      for (int id = 1; id <= 6; id++) {
        execute(
            """
            INSERT INTO rental (rental_id, rental_date, inventory_id, customer_id, staff_id)
            VALUES (%1$d, '2005-05-24 22:53:3%1$d', 1, 1, 1)
            """
                .formatted(id));
        execute(
            """
            INSERT INTO payment (payment_id, customer_id, staff_id, rental_id, amount, payment_date)
            VALUES (%1$d, 1, 1, %1$d, 2.99, '2005-05-24')
            """
                .formatted(id));
      }
    }

    @AfterEach
    void drop() throws SQLException {
      if (connection != null) {
        connection.close();
      }
      if (database != null) {
        database.close();
      }
    }

    @Test
    void soundRowsHaveNone() {
      assertThat(defects()).isEmpty();
    }

    @Test
    void aZeroDateIsNoDate() throws SQLException {
      execute("UPDATE rental SET rental_date = '0000-00-00 00:00:00' WHERE rental_id = 1");
      execute("UPDATE rental SET rental_date = '2005-00-10 10:00:00' WHERE rental_id = 2");
      execute("UPDATE rental SET return_date = '0000-00-00' WHERE rental_id = 3");
      execute("UPDATE rental SET return_date = '2005-02-00' WHERE rental_id = 4");

      Map<Long, String> defects = defects();
      assertThat(defects).containsOnlyKeys(1L, 2L, 3L, 4L);
      assertThat(defects.get(1L)).isEqualTo("rental.rental_date 0000-00-00 00:00:00 is no date");
      assertThat(defects.get(2L)).isEqualTo("rental.rental_date 2005-00-10 10:00:00 is no date");
      assertThat(defects.get(3L)).isEqualTo("rental.return_date 0000-00-00 00:00:00 is no date");
      assertThat(defects.get(4L)).isEqualTo("rental.return_date 2005-02-00 00:00:00 is no date");
    }

    @Test
    void aDayThatTheCalendarLacksIsNoDate() throws SQLException {
      execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
      execute("UPDATE rental SET rental_date = '2005-02-31 10:00:00' WHERE rental_id = 5");

      assertThat(defects())
          .containsExactly(Map.entry(5L, "rental.rental_date 2005-02-31 10:00:00 is no date"));
    }

    @Test
    void aFractionOfASecondWouldBeLost() throws SQLException {
      execute(
          "ALTER TABLE rental MODIFY rental_date DATETIME(3) NOT NULL, MODIFY return_date DATETIME(6)");
      execute("UPDATE rental SET rental_date = '2005-05-24 22:53:30.250' WHERE rental_id = 2");
      execute("UPDATE rental SET return_date = '2005-05-26 22:04:30.000001' WHERE rental_id = 3");
      execute("UPDATE rental SET return_date = '2005-05-26 22:04:30.000000' WHERE rental_id = 4");

      Map<Long, String> defects = defects();
      assertThat(defects).containsOnlyKeys(2L, 3L);
      assertThat(defects.get(2L)).contains("rental_date").contains(".250").contains("fraction");
      assertThat(defects.get(3L)).contains("return_date").contains(".000001").contains("fraction");
    }

    @Test
    void anAmountThatIsWiderThanTheColumnOfTheFlatIsNotRounded() throws SQLException {
      execute("ALTER TABLE payment MODIFY amount DECIMAL(14, 4)");
      execute("UPDATE payment SET amount = 99999999.99 WHERE payment_id = 1");
      execute("UPDATE payment SET amount = -99999999.9900 WHERE payment_id = 2");
      execute("UPDATE payment SET amount = 100000000 WHERE payment_id = 3");
      execute("UPDATE payment SET amount = 2.9901 WHERE payment_id = 4");
      execute("UPDATE payment SET amount = -0.005 WHERE payment_id = 5");
      execute("UPDATE payment SET amount = NULL WHERE payment_id = 6");

      Map<Long, String> defects = defects();
      assertThat(defects).containsOnlyKeys(3L, 4L, 5L, 6L);
      assertThat(defects.get(3L))
          .contains("payment.amount 100000000.0000")
          .contains("DECIMAL(10,2)");
      assertThat(defects.get(4L)).contains("payment.amount 2.9901");
      assertThat(defects.get(5L)).contains("payment.amount -0.0050");
      assertThat(defects.get(6L)).isEqualTo("payment.amount is NULL");
    }

    @Test
    void anAmountInFloatingPointIsNoReasonToGuess() throws SQLException {
      execute("ALTER TABLE payment MODIFY amount DOUBLE NOT NULL");
      execute("UPDATE payment SET amount = 0.1e0 + 0.2e0 WHERE payment_id = 1");

      assertThat(defects()).containsOnlyKeys(1L);
    }

    @Test
    void aMissingTextIsNamed() throws SQLException {
      execute("ALTER TABLE film MODIFY title VARCHAR(128)");
      execute("UPDATE film SET title = NULL");

      assertThat(defects()).hasSize(6).containsValue("film.title is NULL");
    }

    /** Ranges begin with 1: a rental below is found by a load or a poll, and refused. */
    @Test
    void aRentalBelowOneIsRefused() throws SQLException {
      execute("SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'");
      execute("UPDATE rental SET rental_id = 0 WHERE rental_id = 1");
      execute("UPDATE rental SET rental_id = -7 WHERE rental_id = 2");
      execute("UPDATE payment SET rental_id = 0 WHERE payment_id = 1");
      execute("UPDATE payment SET rental_id = -7 WHERE payment_id = 2");

      assertThat(defects(new RefreshScope.Rentals(-7, 0, 3, 4, 5, 6)))
          .containsExactly(
              Map.entry(-7L, "rental.rental_id -7 is below 1"),
              Map.entry(0L, "rental.rental_id 0 is below 1"));
    }

    /** The adapter's own sessions are in UTC; this one is as if a proxy had changed it. */
    @Test
    void aSessionInAnotherZoneIsRefused() throws SQLException {
      SettleOptions options = new SettleOptions(Duration.ofSeconds(7), false, Duration.ofHours(1));
      SchemaCheck check = new SchemaCheck(connection, database.settings());
      assertThat(check.describe(options).engine()).isNotBlank();

      execute("SET SESSION time_zone = '+05:45'");
      assertThatThrownBy(() -> check.describe(options))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PERMANENT))
          .hasMessageContainingAll("session zone +05:45", "time zone options");
    }

    /** No destination has a type for it, and neither has the control database. */
    @Test
    void anIdBeyondALongIsNotTakenForAnOutage() throws SQLException {
      execute("ALTER TABLE payment MODIFY payment_id BIGINT UNSIGNED");
      execute("UPDATE payment SET payment_id = 18446744073709551615 WHERE payment_id = 1");

      assertThatThrownBy(this::defects)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PERMANENT))
          .hasMessageContaining("No destination can hold such an id: change it in Jupiter");
    }

    private Map<Long, String> defects() {
      Map<Long, String> byRange = defects(new RefreshScope.Range(0, 100));
      assertThat(defects(new RefreshScope.Rentals(1, 2, 3, 4, 5, 6))).isEqualTo(byRange);
      return byRange;
    }

    private Map<Long, String> defects(RefreshScope scope) {
      Map<Long, String> defects = new TreeMap<>();
      int rows = 0;
      try (JupiterSource source = database.open();
          SourceSnapshot snapshot = source.snapshot();
          FlatStream stream = snapshot.flats(scope)) {
        for (FlatRow row = stream.next(); row != null; row = stream.next()) {
          rows++;
          String defect = row.defect();
          if (defect != null) {
            defects.put(row.rentalId(), defect);
          }
        }
      }
      assertThat(rows).as("rows, sound and defective").isEqualTo(6);
      return defects;
    }

    private void execute(String sql) throws SQLException {
      JupiterDatabase.execute(connection, sql);
    }
  }
}
