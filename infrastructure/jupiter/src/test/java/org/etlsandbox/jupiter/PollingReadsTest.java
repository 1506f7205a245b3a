package org.etlsandbox.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ChangePage;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.ReadRate;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.source.SourceSnapshot;
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

/**
 * A poll costs what has changed, whatever the size of the tables: by the rows that the server says
 * it read for each statement. With {@code -Dpolling.rentals=2000000} at that size.
 */
class PollingReadsTest {

  private static final int RENTALS = Integer.getInteger("polling.rentals", 100_000);

  /** Of a customer, and of a copy; a film has four copies. */
  private static final int RENTALS_OF_ONE = 50;

  private static final int CATEGORIES = 16;

  /** Finding the start of a range, seeing its end. */
  private static final int SPARE_READS = 5;

  /** For the server's own tables: sessions, transactions, status variables. */
  private static final int READS_OF_THE_CLOCK = 3_000;

  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATELY = Instant.parse("2026-02-01T00:00:00Z");

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
   * Every hundredth row of each table has changed lately; payments are out of step with rentals.
   */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Reads {

    private final EngineUnderTest engine;
    private JupiterDatabase database;
    private JupiterSource source;
    private Connection reading;

    Reads(EngineUnderTest engine) {
      this.engine = engine;
    }

    @BeforeAll
    void fill() {
      database = new JupiterDatabase(engine, true);
      int inventory = RENTALS / RENTALS_OF_ONE;
      String moment =
          "IF(id % 100 = 0, '2026-02-01 00:00:00' + INTERVAL id SECOND, '2026-01-01 00:00:00')";
      String[] statements = {
        "ALTER TABLE payment MODIFY payment_id INT UNSIGNED NOT NULL AUTO_INCREMENT",
        "CREATE TABLE ids (id INT PRIMARY KEY)",
        """
        INSERT INTO ids WITH digit AS (SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2
          UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6
          UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)
        SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d
          + 1000000 * h.d
        FROM digit a, digit b, digit c, digit e, digit f, digit g, digit h
        WHERE a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d
          + 1000000 * h.d < %d
        """
            .formatted(RENTALS),
        """
        INSERT INTO rental (rental_id, rental_date, inventory_id, customer_id, staff_id, last_update)
        SELECT id, '2005-05-24' + INTERVAL id SECOND, 1 + id %% %1$d, 1 + id * 7 %% %1$d, 1, MOMENT
        FROM ids
        """
            .formatted(inventory),
        """
        INSERT INTO payment (payment_id, customer_id, staff_id, rental_id, amount, payment_date, last_update)
        SELECT id, 1, 1, 1 + id * 7919 %% %d, 2.99, '2005-05-24', MOMENT FROM ids
        """
            .formatted(RENTALS),
        """
        INSERT INTO customer (customer_id, store_id, first_name, last_name, address_id, create_date, last_update)
        SELECT id, 1, 'A', 'B', 1, '2005-05-24', MOMENT FROM ids WHERE id <= %d
        """
            .formatted(inventory),
        """
        INSERT INTO inventory (inventory_id, film_id, store_id, last_update)
        SELECT id, 1 + (id - 1) DIV 4, 1, MOMENT FROM ids WHERE id <= %d
        """
            .formatted(inventory),
        """
        INSERT INTO film (film_id, title, language_id, last_update)
        SELECT id, 'A', 1, MOMENT FROM ids WHERE id <= %d
        """
            .formatted(inventory / 4),
        """
        INSERT INTO film_category (film_id, category_id, last_update)
        SELECT id, 1 + id %% %d, MOMENT FROM ids WHERE id <= %d
        """
            .formatted(CATEGORIES, inventory / 4),
        """
        INSERT INTO category (category_id, name, last_update)
        SELECT id, 'A', MOMENT FROM ids WHERE id <= %d
        """
            .formatted(CATEGORIES),
        "ANALYZE TABLE rental, payment, customer, inventory, film, film_category, category"
      };
      for (int i = 0; i < statements.length; i++) {
        statements[i] = statements[i].replace("MOMENT", moment);
      }
      database.execute(statements);
      // One connection: its own counters tell what it has read
      ConnectionSettings all = database.settings();
      source =
          new JupiterSource(
              new ConnectionSettings(all.name(), all.url(), all.username(), all.password(), 1)
                  .with(DatabaseTls.OFF));
      source.describe(PollLoop.OBSERVING);
    }

    @AfterAll
    void drop() {
      if (source != null) {
        source.close();
      }
      if (database != null) {
        database.close();
      }
    }

    @BeforeEach
    void report(TestReporter reporter) {
      database.report(reporter);
    }

    @Test
    void anIdlePollReadsOneIndexEntryOfEachTableAtMost() {
      Instant end = LATELY.plusSeconds(RENTALS + 1L);
      assertThat(source.changedSince(all(end))).isEmpty();
      assertThat(source.changedSince(all(LONG_AGO))).hasSize(7);
      assertThat(reads(() -> source.changedSince(all(end))))
          .as("nothing has changed")
          .isLessThanOrEqualTo(7L * SPARE_READS);
      assertThat(reads(() -> source.changedSince(all(LONG_AGO))))
          .as("everything has")
          .isLessThanOrEqualTo(7L * SPARE_READS);
    }

    @Test
    void theClockReadsNoneOfTheTables() {
      SettledClock clock = source.settledClock(PollLoop.OBSERVING);
      clock.settle();
      assertThat(reads(clock::settle)).isLessThan(READS_OF_THE_CLOCK);
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfChangesReadsItsRows(SourceTable table) throws SQLException {
      try (SourceSnapshot snapshot = snapshot()) {
        ChangePosition position = ChangePosition.startingAt(LATELY);
        for (int page = 1; page <= 2 && position != null; page++) {
          forgetReads(reading);
          ChangePage changes = snapshot.changes(table, position, 100);
          assertThat(reads(reading))
              .as("page %d of %s, %d rows", page, table, changes.changes().size())
              .isLessThanOrEqualTo(changes.changes().size() + SPARE_READS);
          position = changes.next();
        }
      }
    }

    @ParameterizedTest
    @EnumSource
    void theRentalsOfAFewChangesCostTheirOwnNumber(SourceTable table) throws SQLException {
      expectOwnNumber(table, table == SourceTable.CATEGORY ? 1 : 3);
    }

    @ParameterizedTest
    @EnumSource(
        mode = EnumSource.Mode.EXCLUDE,
        names = {"CATEGORY", "FILM", "FILM_CATEGORY"})
    void theRentalsOfAPageOfChangesCostTheirOwnNumber(SourceTable table) throws SQLException {
      expectOwnNumber(table, 1_000);
    }

    /**
     * Each table on the way from the changed row to its rentals costs its own rows, and their ends.
     */
    private void expectOwnNumber(SourceTable table, int keys) throws SQLException {
      List<ChangeKey> changed = LongStream.rangeClosed(1, keys).mapToObj(ChangeKey::new).toList();
      try (SourceSnapshot snapshot = snapshot()) {
        forgetReads(reading);
        long[] rentals = snapshot.rentalsOf(table, changed, Long.MIN_VALUE, 500_000);
        long reads = reads(reading);
        assertThat(rentals.length).as("rentals of %s", table).isEqualTo(keys * rentalsOfOne(table));
        assertThat(reads)
            .as("reads for %d rentals of %s", rentals.length, table)
            .isLessThanOrEqualTo(
                2L * (rentals.length + keys + onTheWay(table, keys)) + SPARE_READS);
      }
    }

    private static int rentalsOfOne(SourceTable table) {
      return switch (table) {
        case RENTAL, PAYMENT -> 1;
        case CUSTOMER, INVENTORY -> RENTALS_OF_ONE;
        case FILM, FILM_CATEGORY -> 4 * RENTALS_OF_ONE;
        case CATEGORY -> 4 * RENTALS_OF_ONE * filmsOfACategory();
      };
    }

    private static int onTheWay(SourceTable table, int keys) {
      return switch (table) {
        case RENTAL, PAYMENT, CUSTOMER, INVENTORY -> 0;
        case FILM, FILM_CATEGORY -> 4 * keys;
        case CATEGORY -> (1 + 4) * filmsOfACategory() * keys;
      };
    }

    /** Of the first one: every sixteenth film. */
    private static int filmsOfACategory() {
      return RENTALS / RENTALS_OF_ONE / 4 / CATEGORIES;
    }

    @Test
    void theFlatsOfAFewRentalsReadTheirOwnRows() throws Exception {
      long[] ids = LongStream.rangeClosed(1, 1_000).map(id -> id * (RENTALS / 1_000)).toArray();
      try (SourceSnapshot snapshot = snapshot()) {
        forgetReads(reading);
        int flats = 0;
        try (FlatStream rows = snapshot.flats(new RefreshScope.Rentals(ids))) {
          while (rows.next() != null) {
            flats++;
          }
        }
        long reads = reads(reading);
        assertThat(flats).isEqualTo(ids.length);
        // Seven tables, the ends of two ranges, and the sort by key, in two statements
        assertThat(reads)
            .as("reads for %d flats", flats)
            .isLessThanOrEqualTo(11L * flats + 2 * SPARE_READS);
      }
    }

    /** Small tables that cost nothing are read after the first join by the server. */
    @Test
    void theFlatsOfManyRentalsReadTheirOwnRowsAndTheSmallTablesOnce() throws Exception {
      DimensionsCost cost = new DimensionsCost();
      cost.measured(0);
      long[] ids = LongStream.rangeClosed(1, 1_000).map(id -> id * (RENTALS / 1_000)).toArray();
      RefreshScope.Rentals scope = new RefreshScope.Rentals(ids);
      try (SourceSnapshot snapshot = snapshot(ReadRate.unlimited(), cost)) {
        snapshot.flats(scope).close();
        assertThat(cost.nanos()).as("not read yet").isZero();
        snapshot.flats(scope).close();
        assertThat(cost.nanos()).as("measured").isPositive();
        forgetReads(reading);
        int flats = 0;
        try (FlatStream rows = snapshot.flats(scope)) {
          while (rows.next() != null) {
            flats++;
          }
        }
        long reads = reads(reading);
        assertThat(flats).isEqualTo(ids.length);
        // Rentals, payments and the ends of their ranges, in two statements each
        assertThat(reads)
            .as("reads for %d flats", flats)
            .isLessThanOrEqualTo(3L * flats + 4 * SPARE_READS);
      }
    }

    private static Map<SourceTable, Instant> all(Instant since) {
      return Arrays.stream(SourceTable.values()).collect(Collectors.toMap(t -> t, t -> since));
    }

    /** Interrupted, whoever would have to wait for its turn says so at once. */
    @Test
    void aLimitHoldsBackScopesComparisonsAndFanOuts() throws SQLException {
      RefreshScope.Rentals ids = new RefreshScope.Rentals(LongStream.rangeClosed(1, 300).toArray());
      List<ChangeKey> customers = LongStream.rangeClosed(1, 6).mapToObj(ChangeKey::new).toList();
      expectHeldBack(snapshot -> snapshot.flats(ids));
      expectHeldBack(snapshot -> snapshot.keys(new RefreshScope.Range(0, 300)));
      expectHeldBack(snapshot -> snapshot.rentalsOf(SourceTable.CUSTOMER, customers, 0, 1_000));
      expectHeldBack(snapshot -> snapshot.rentalsOf(SourceTable.CUSTOMER, customers, 0, 250));
    }

    private void expectHeldBack(Consumer<SourceSnapshot> reading) throws SQLException {
      try (SourceSnapshot unlimited = snapshot(ReadRate.unlimited())) {
        Thread.currentThread().interrupt();
        reading.accept(unlimited);
        assertThat(Thread.interrupted()).isTrue();
      }
      try (SourceSnapshot limited = snapshot(new ReadRate(100))) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> reading.accept(limited)).hasMessageContaining("its share");
        assertThat(Thread.interrupted()).isTrue();
      }
    }

    private SourceSnapshot snapshot() throws SQLException {
      return snapshot(ReadRate.unlimited());
    }

    private SourceSnapshot snapshot(ReadRate rate) throws SQLException {
      return snapshot(rate, new DimensionsCost());
    }

    private SourceSnapshot snapshot(ReadRate rate, DimensionsCost cost) throws SQLException {
      Connection connection = database.connect();
      JupiterDatabase.execute(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
      reading = connection;
      return new JupiterSnapshot(
          connection, database.settings(), EnumSet.allOf(SourceTable.class), rate, cost);
    }

    private long reads(Runnable reading) {
      source.query(connection -> {
        forgetReads(connection);
        return null;
      });
      reading.run();
      return source.query(Reads::reads);
    }

    private static void forgetReads(Connection connection) throws SQLException {
      JupiterDatabase.execute(connection, "FLUSH STATUS");
    }

    /** Rows and index entries that the storage engines were asked for on this connection. */
    private static long reads(Connection connection) throws SQLException {
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
