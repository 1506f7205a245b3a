package org.etlsandbox.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.etlsandbox.source.ChangePage;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With an index a page of changes costs its own rows, wherever in the table it lies. */
class ChangeQueryTest {

  /** The server counts a few reads more than it returns: finding the start, seeing the end. */
  private static final int SPARE_READS = 5;

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  @Nested
  @ResourceLock("MariaDB")
  class OnMariaDb extends Reads {
    OnMariaDb() {
      super(TestEngines.mariaDb());
    }
  }

  @Nested
  @ResourceLock("MySQL")
  class OnMySql extends Reads {
    OnMySql() {
      super(TestEngines.mySql());
    }
  }

  /**
   * 100,000 rentals; the other tables as far as their keys reach. All of one second but a tenth.
   */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Reads {

    private final EngineUnderTest engine;
    private JupiterDatabase database;
    private Connection connection;

    Reads(EngineUnderTest engine) {
      this.engine = engine;
    }

    @BeforeAll
    void fill() throws SQLException {
      database = new JupiterDatabase(engine, true);
      String moment = "'2026-01-01 00:00:00' + INTERVAL (id %% 10 = 0) * (id %% 50) SECOND";
      String[] statements = {
        "CREATE TABLE ids (id INT PRIMARY KEY)",
        """
        INSERT INTO ids WITH digit AS (SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2
          UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6
          UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)
        SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d
        FROM digit a, digit b, digit c, digit e, digit f
        """,
        """
        INSERT INTO rental (rental_id, rental_date, inventory_id, customer_id, staff_id, last_update)
        SELECT id, '2005-05-24' + INTERVAL id SECOND, 1, 1, 1, MOMENT FROM ids
        """,
        """
        INSERT INTO payment (payment_id, customer_id, staff_id, rental_id, amount, payment_date, last_update)
        SELECT id, 1, 1, id, 2.99, '2005-05-24', MOMENT FROM ids WHERE id <= 60000
        """,
        """
        INSERT INTO customer (customer_id, store_id, first_name, last_name, address_id, create_date, last_update)
        SELECT id, 1, 'A', 'B', 1, '2005-05-24', MOMENT FROM ids WHERE id <= 20000
        """,
        """
        INSERT INTO inventory (inventory_id, film_id, store_id, last_update)
        SELECT id, 1, 1, MOMENT FROM ids WHERE id <= 20000
        """,
        """
        INSERT INTO film (film_id, title, language_id, last_update)
        SELECT id, 'A', 1, MOMENT FROM ids WHERE id <= 20000
        """,
        """
        INSERT INTO film_category (film_id, category_id, last_update)
        SELECT 1 + id DIV 100, 1 + id %% 100, MOMENT FROM ids WHERE id <= 60000
        """,
        """
        INSERT INTO category (category_id, name, last_update)
        SELECT id, 'A', MOMENT FROM ids WHERE id <= 250
        """,
        "ANALYZE TABLE rental, payment, customer, inventory, film, film_category, category"
      };
      for (int i = 0; i < statements.length; i++) {
        statements[i] = statements[i].replace("MOMENT", moment).replace("%%", "%");
      }
      database.execute(statements);
      connection = database.connect();
    }

    @AfterAll
    void drop() throws SQLException {
      if (connection != null) {
        connection.close();
      }
      if (database != null) {
        database.close();
      }
    }

    @BeforeEach
    void report(TestReporter reporter) {
      database.report(reporter);
    }

    @ParameterizedTest
    @EnumSource
    void aPageReadsNoMoreThanItsRows(SourceTable table) throws SQLException {
      int limit = table == SourceTable.CATEGORY ? 10 : 100;
      ChangeQuery query = new ChangeQuery(PolledTable.of(table), true);
      ChangePosition position = ChangePosition.startingAt(FIRST);
      for (int page = 1; page <= 5; page++) {
        forgetReads();
        ChangePage changes = query.read(connection, position, limit);
        assertThat(reads())
            .as("reads for page %d of %s, %s", page, table, query.sql(page == 1))
            .isBetween((long) limit, (long) limit + SPARE_READS);
        assertThat(changes.changes()).hasSize(limit);
        position = changes.next();
      }
    }

    @ParameterizedTest
    @EnumSource
    void aPageFarBehindReadsNoMoreThanItsRows(SourceTable table) throws SQLException {
      ChangeQuery query = new ChangeQuery(PolledTable.of(table), true);
      ChangePage tail = query.read(connection, ChangePosition.startingAt(FIRST.plusSeconds(30)), 5);
      ChangePosition position = tail.next();
      forgetReads();
      ChangePage changes = query.read(connection, position, 5);
      assertThat(reads())
          .as("reads for the page of %s after %s", table, position)
          .isLessThanOrEqualTo(5 + SPARE_READS);
      assertThat(changes.changes()).hasSize(5);
    }

    @Test
    void theRowFormWouldReadTheIndexFromItsBeginning() throws SQLException {
      forgetReads();
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              SELECT rental_id, last_update FROM rental
              WHERE (last_update, rental_id) > (?, ?) ORDER BY last_update, rental_id LIMIT 100
              """)) {
        statement.setString(1, "2026-01-01 00:00:00");
        statement.setLong(2, 50_000);
        statement.executeQuery().close();
      }
      assertThat(reads()).isGreaterThan(10_000);
    }

    @Test
    void withoutAnIndexThePagesTogetherReadTheTableOnce() throws SQLException {
      ChangeQuery query = new ChangeQuery(PolledTable.of(SourceTable.RENTAL), false);
      ChangePosition position = ChangePosition.startingAt(FIRST.plusSeconds(1));
      forgetReads();
      int rows = 0;
      int pages = 0;
      while (position != null) {
        ChangePage page = query.read(connection, position, 500);
        rows += page.changes().size();
        pages++;
        position = page.next();
      }
      assertThat(rows).isEqualTo(8_000);
      assertThat(reads()).isBetween(8_000L, 100_000L + pages * SPARE_READS);
    }

    private void forgetReads() throws SQLException {
      JupiterDatabase.execute(connection, "FLUSH STATUS");
    }

    /** Rows and index entries that the storage engine was asked for on this connection. */
    private long reads() throws SQLException {
      long reads = 0;
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
        while (row.next()) {
          reads += row.getLong(2);
        }
      }
      return reads;
    }
  }
}
