package org.etlsandbox.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.source.ReadRate;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the tables hold: the join in memory gives what the join of the server gives. */
class RangeReaderTest {

  @Nested
  @ResourceLock("MariaDB")
  class OnMariaDb extends SameAsTheServer {
    OnMariaDb() {
      super(TestEngines.mariaDb());
    }
  }

  @Nested
  @ResourceLock("MySQL")
  class OnMySql extends SameAsTheServer {
    OnMySql() {
      super(TestEngines.mySql());
    }
  }

  /** Tables of random rows, of which many lack a partner. */
  abstract static class SameAsTheServer {

    private static final long LARGEST_ID = 4_294_967_295L;

    private static final List<String> TEXTS =
        Arrays.asList(
            "ACADEMY",
            "",
            " ",
            "trailing  ",
            "Ñandú",
            "李",
            "🎬",
            "e\u0301",
            "\uFFFD",
            "\0",
            "O'\"\\");

    private static final List<String> DATES =
        Arrays.asList(
            "2005-05-24 22:53:30",
            "1000-01-01 00:00:00",
            "9999-12-31 23:59:59",
            "2004-02-29 12:00:00",
            "2005-01-31 00:00:01",
            "0001-01-01 00:00:00",
            "2010-04-04 02:30:00",
            "0000-00-00 00:00:00",
            "2005-02-31 10:00:00",
            "2005-00-10 10:00:00");

    private final EngineUnderTest engine;
    private JupiterDatabase database;
    private Connection connection;

    SameAsTheServer(EngineUnderTest engine) {
      this.engine = engine;
    }

    @BeforeEach
    void open(TestReporter reporter) throws SQLException {
      database = new JupiterDatabase(engine, false);
      database.report(reporter);
      connection = database.connect();
      dropForeignKeys();
      execute(
          "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
          "ALTER TABLE film MODIFY title VARCHAR(128)",
          "ALTER TABLE category MODIFY category_id BIGINT, MODIFY name VARCHAR(25)",
          "ALTER TABLE film_category MODIFY film_id BIGINT, MODIFY category_id BIGINT",
          "ALTER TABLE film MODIFY film_id BIGINT",
          "ALTER TABLE inventory MODIFY inventory_id BIGINT, MODIFY film_id BIGINT",
          "ALTER TABLE customer MODIFY customer_id BIGINT, MODIFY last_name VARCHAR(45)",
          "ALTER TABLE rental DROP INDEX rental_date, MODIFY rental_id BIGINT, MODIFY customer_id BIGINT,"
              + " MODIFY inventory_id BIGINT",
          "ALTER TABLE payment MODIFY payment_id INT UNSIGNED, MODIFY rental_id BIGINT");
    }

    /** They would keep the columns' types as they are. */
    private void dropForeignKeys() throws SQLException {
      List<String> drops = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  """
                  SELECT table_name, constraint_name FROM information_schema.table_constraints
                  WHERE table_schema = DATABASE() AND constraint_type = 'FOREIGN KEY'
                  """)) {
        while (row.next()) {
          drops.add(
              "ALTER TABLE %s DROP FOREIGN KEY %s".formatted(row.getString(1), row.getString(2)));
        }
      }
      execute(drops.toArray(String[]::new));
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void onRandomRows(long seed) throws SQLException {
      Random dice = new Random(seed);
      if (seed % 2 == 0) {
        execute(
            "ALTER TABLE payment MODIFY amount DECIMAL(14, 4)",
            "ALTER TABLE rental MODIFY rental_date DATETIME(6), MODIFY return_date DATETIME(3)");
      } else {
        execute("ALTER TABLE payment MODIFY amount DECIMAL(10, 2)");
      }
      boolean gaps = seed > 2;
      long[] customers = ids(dice, 30, gaps);
      long[] films = ids(dice, 20, gaps);
      long[] categories = ids(dice, 6, gaps);
      long[] inventories = ids(dice, 60, gaps);
      long[] rentals = ids(dice, 700, gaps);
      long[] payments = ids(dice, 600, gaps);
      fill(dice, customers, films, categories, inventories, rentals, payments);

      Range all = new Range(0, LARGEST_ID);
      List<String> expected = bySql(all);
      assertThat(expected).hasSizeGreaterThan(100);
      assertThat(inMemory(reader(), all)).isEqualTo(expected);

      RangeReader announced = reader();
      announced.announce(all);
      RangeReader single = reader();
      List<String> together = new ArrayList<>();
      long from = 0;
      for (int i = 40; from < LARGEST_ID; i += 1 + dice.nextInt(120)) {
        long to = i < rentals.length ? rentals[i] : LARGEST_ID;
        Range part = new Range(from, to);
        List<String> rows = inMemory(announced, part);
        assertThat(inMemory(single, part)).isEqualTo(rows);
        together.addAll(rows);
        from = to;
      }
      assertThat(together).isEqualTo(expected);

      long[] everyId = LongStream.concat(LongStream.of(1), LongStream.of(rentals)).toArray();
      assertThat(inMemory(announced, new Rentals(everyId))).isEqualTo(expected);
      for (int i = 0; i < 10; i++) {
        Rentals some = new Rentals(some(dice, rentals));
        assertThat(inMemory(announced, some)).as("%s", some).isEqualTo(bySql(some));
      }
    }

    /** A few of them, and some that are not there: in one list, or in two. */
    private static long[] some(Random dice, long[] rentals) {
      return dice.longs(1 + dice.nextInt(2 * PolledTable.LONGEST_LIST), 0, rentals.length + 50L)
          .map(i -> i < rentals.length ? rentals[(int) i] : 1 + dice.nextInt(500))
          .toArray();
    }

    /** A range holds ids from 1 on. */
    @Test
    void anIdBelowOneIsLeftToTheServer() throws SQLException {
      assertThat(reader().read(new Rentals(-1, 1, 2))).isNull();
      assertThat(reader().read(new Rentals(1, 2))).isNotNull();
    }

    @Test
    void onEmptyTables() throws SQLException {
      assertThat(inMemory(reader(), new Range(0, LARGEST_ID))).isEmpty();
    }

    @Test
    void keySetsComeHereOnceTheServerHasSpentWhatTheSmallTablesCost() throws SQLException {
      DimensionsCost cost = new DimensionsCost();
      cost.measured(100);
      RangeReader reader = new RangeReader(connection, ReadRate.unlimited(), cost);
      RangeReader limited = new RangeReader(connection, new ReadRate(100), cost);
      Rentals keys = new Rentals(1);
      assertThat(reader.paysFor(new Range(0, 1))).isTrue();
      reader.joinedByServer(60);
      assertThat(reader.paysFor(keys)).isFalse();
      reader.joinedByServer(60);
      assertThat(reader.paysFor(keys)).isTrue();

      limited.joinedByServer(1_000);
      assertThat(limited.paysFor(keys)).as("where rows are limited").isFalse();
      limited.read(new Range(0, 1));
      assertThat(limited.paysFor(keys)).as("with the small tables at hand").isTrue();
    }

    /** A table without its key: the server joins each of the two. */
    @Test
    void anIdThatIsThereTwiceIsLeftToTheServer() throws SQLException {
      execute(
          "ALTER TABLE category DROP PRIMARY KEY",
          "INSERT INTO category (category_id, name) VALUES (1, 'A'), (1, 'B')");
      assertThat(reader().read(new Range(0, 10))).isNull();
    }

    /** No rental of the range refers to it, so it is no reason to stop. */
    @Test
    void anIdBeyondALongIsLeftToTheServer() throws SQLException {
      execute(
          "ALTER TABLE category MODIFY category_id BIGINT UNSIGNED",
          "INSERT INTO category (category_id, name) VALUES (18446744073709551615, 'A')");
      assertThat(reader().read(new Range(0, 10))).isNull();
    }

    @Test
    void smallTablesBeyondTheBudgetAreLeftToTheServer() throws SQLException {
      execute("INSERT INTO category (category_id, name) VALUES (1, 'A'), (2, 'B')");
      assertThat(Dimensions.read(connection, ReadRate.unlimited(), 1_000)).isNotNull();
      assertThat(Dimensions.read(connection, ReadRate.unlimited(), 100)).isNull();
    }

    private void fill(
        Random dice,
        long[] customers,
        long[] films,
        long[] categories,
        long[] inventories,
        long[] rentals,
        long[] payments)
        throws SQLException {
      for (long id : customers) {
        insert(
            "INSERT INTO customer (customer_id, first_name, last_name, store_id, address_id,"
                + " create_date) VALUES (?, ?, ?, 1, 1, '2005-05-24')",
            id,
            text(dice),
            dice.nextInt(15) == 0 ? null : text(dice));
      }
      for (long id : films) {
        insert(
            "INSERT INTO film (film_id, title, language_id) VALUES (?, ?, 1)",
            id,
            dice.nextInt(10) == 0 ? null : text(dice));
        for (long category : categories) {
          if (dice.nextInt(5) == 0) {
            insert("INSERT INTO film_category (film_id, category_id) VALUES (?, ?)", id, category);
          }
        }
      }
      for (long id : categories) {
        if (dice.nextInt(6) > 0) {
          insert(
              "INSERT INTO category (category_id, name) VALUES (?, ?)",
              id,
              dice.nextInt(10) == 0 ? null : text(dice));
        }
      }
      for (long id : inventories) {
        insert(
            "INSERT INTO inventory (inventory_id, film_id, store_id) VALUES (?, ?, 1)",
            id,
            oneOf(dice, films));
      }
      for (long id : rentals) {
        String returned = dice.nextInt(5) == 0 ? null : date(dice);
        insert(
            "INSERT INTO rental (rental_id, rental_date, inventory_id, customer_id, return_date,"
                + " staff_id) VALUES (?, ?, ?, ?, ?, 1)",
            id,
            date(dice),
            oneOf(dice, inventories),
            oneOf(dice, customers),
            returned);
      }
      for (long id : payments) {
        insert(
            "INSERT INTO payment (payment_id, rental_id, amount, customer_id, staff_id, payment_date)"
                + " VALUES (?, ?, ?, 1, 1, '2005-05-24')",
            id,
            dice.nextInt(20) == 0 ? null : oneOf(dice, rentals),
            amount(dice));
      }
    }

    private static String text(Random dice) {
      return TEXTS.get(dice.nextInt(TEXTS.size()));
    }

    private static String date(Random dice) {
      String date = DATES.get(dice.nextInt(DATES.size()));
      return dice.nextInt(10) == 0 ? date + ".250" : date;
    }

    private static String amount(Random dice) {
      return switch (dice.nextInt(12)) {
        case 0 -> "-99999999.99";
        case 1 -> "99999999.99";
        case 2 -> "0.00";
        case 3 -> "-0.01";
        case 4 -> "100000000.00".substring(dice.nextInt(2));
        case 5 -> "2.9901";
        default -> dice.nextInt(10) + "." + (10 + dice.nextInt(90));
      };
    }

    /** One in ten refers to nothing. */
    private static long oneOf(Random dice, long[] ids) {
      return dice.nextInt(10) == 0 ? 5_000_000_000L : ids[dice.nextInt(ids.length)];
    }

    /** Ascending; out of step with their rank where there are gaps, the largest one among them. */
    private static long[] ids(Random dice, int count, boolean gaps) {
      return gaps
          ? LongStream.concat(
                  LongStream.generate(() -> 1 + Math.floorMod(dice.nextLong(), LARGEST_ID))
                      .limit(count),
                  LongStream.of(LARGEST_ID))
              .sorted()
              .distinct()
              .toArray()
          : LongStream.rangeClosed(3, 2 + count).toArray();
    }

    private RangeReader reader() {
      return new RangeReader(connection, ReadRate.unlimited(), new DimensionsCost());
    }

    private List<String> bySql(RefreshScope scope) throws SQLException {
      return texts(FlatStream.of(new FlatQuery(connection).read(scope)));
    }

    private static List<String> inMemory(RangeReader reader, RefreshScope scope)
        throws SQLException {
      FlatStream rows = reader.read(scope);
      assertThat(rows).as("the tables can be joined in memory").isNotNull();
      return texts(rows);
    }

    private static List<String> texts(FlatStream rows) {
      List<String> texts = new ArrayList<>();
      for (FlatRow row = rows.next(); row != null; row = rows.next()) {
        texts.add(
            row.defect() != null
                ? row.rentalId() + "/" + row.paymentId() + "/" + row.categoryId() + row.defect()
                : CustomerOrderFlat.copyOf(row).toString());
      }
      assertThat(rows.next()).as("after the end").isNull();
      return texts;
    }

    private void insert(String sql, Object... values) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        statement.execute();
      }
    }

    private void execute(String... statements) throws SQLException {
      for (String sql : statements) {
        JupiterDatabase.execute(connection, sql);
      }
    }
  }
}
