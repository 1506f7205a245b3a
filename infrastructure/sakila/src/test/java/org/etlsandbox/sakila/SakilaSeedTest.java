package org.etlsandbox.sakila;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SakilaSeedTest {

  private static final int RENTALS = 16_000;

  /** Of seed 1 with 2,000 rentals, on whatever server, machine, zone and locale. */
  private static final String GOLDEN =
      "aa6eca94f5b402aca11f27817ef2ae87e0a7071aee2c2a5c66637e4f30f0cbbe";

  private static TestDatabase shop;

  @BeforeAll
  static void load() throws SQLException {
    shop = TestDatabase.seeded("sakila_seed", RENTALS, 7);
  }

  @AfterAll
  static void drop() throws SQLException {
    shop.close();
  }

  @ParameterizedTest
  @EnumSource
  void dependsOnNothingButTheSeed(TestServer server) throws Exception {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try (TestDatabase here = TestDatabase.seeded(server, "sakila_here", 2000, 1);
        TestDatabase other = TestDatabase.seeded(server, "sakila_other", 2000, 2);
        TestDatabase there = TestDatabase.withSchema(server, "sakila_there", false)) {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      try {
        SakilaSeed.builder().rentals(2000).seed(1).build().load(there.sourceInAnotherZone());
      } finally {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
      }
      assertThat(here.checksum()).isEqualTo(GOLDEN);
      assertThat(there.checksum()).isEqualTo(GOLDEN);
      assertThat(other.checksum()).isNotEqualTo(GOLDEN);
    }
  }

  @Test
  void someRentalsHaveSeveralPaymentsAndSomeNone() throws SQLException {
    assertThat(shop.number("SELECT COUNT(*) FROM rental")).isEqualTo(RENTALS);
    String paid = "SELECT rental_id, COUNT(*) AS n FROM payment WHERE rental_id > 0 GROUP BY 1";
    assertThat(shop.number("SELECT COUNT(*) FROM (" + paid + ") p")).isEqualTo(RENTALS * 97 / 100);
    assertThat(shop.number("SELECT COUNT(*) FROM (" + paid + ") p WHERE n > 1"))
        .isEqualTo(RENTALS * 8 / 100);
    assertThat(shop.number("SELECT COUNT(*) FROM payment WHERE rental_id IS NULL")).isPositive();
    assertThat(
            shop.number(
                """
                SELECT COUNT(*) FROM payment p JOIN rental r ON r.rental_id = p.rental_id
                 WHERE p.customer_id <> r.customer_id
                """))
        .isZero();
  }

  @Test
  void paymentIdsAreNotInStepWithRentalIds() throws SQLException {
    // Of neighbours by payment_id half should have the greater rental_id first.
    long descents =
        shop.number(
            """
            SELECT COUNT(*) FROM payment a JOIN payment b ON b.payment_id = a.payment_id + 1
             WHERE a.rental_id > b.rental_id
            """);
    assertThat((double) descents / RENTALS).isCloseTo(0.52, within(0.03));
  }

  @Test
  void someFilmsHaveSeveralCategoriesAndAFewNone() throws SQLException {
    String counts =
        """
        SELECT COUNT(fc.category_id) AS n
          FROM film f LEFT JOIN film_category fc ON fc.film_id = f.film_id
         GROUP BY f.film_id
        """;
    long films = shop.number("SELECT COUNT(*) FROM film");
    assertThat(films).isEqualTo(1000);
    assertThat(shop.number("SELECT COUNT(*) FROM (" + counts + ") c WHERE n > 1"))
        .isEqualTo(films / 10);
    assertThat(shop.number("SELECT COUNT(*) FROM (" + counts + ") c WHERE n = 0"))
        .isBetween(1L, 10L);
    assertThat(shop.number("SELECT COUNT(*) FROM category")).isEqualTo(16);
  }

  @Test
  void sixtyPercentOfEachTableShareOneLastUpdateAndNoneIsInTheFuture() throws SQLException {
    for (String table : SakilaSchema.joinedTables()) {
      long rows = shop.number("SELECT COUNT(*) FROM " + table);
      long shared =
          shop.number(
              "SELECT COUNT(*) AS n FROM "
                  + table
                  + " GROUP BY last_update ORDER BY n DESC LIMIT 1");
      assertThat(shared).as(table).isCloseTo(rows * 60 / 100, within(rows / 1000 + 1));
      assertThat(
              shop.number(
                  "SELECT COUNT(*) FROM " + table + " WHERE last_update > NOW() - INTERVAL 1 DAY"))
          .as(table)
          .isZero();
    }
  }

  @Test
  void holdsWhatCopyingToolsGetWrong() throws SQLException {
    assertThat(shop.number("SELECT COUNT(*) FROM rental WHERE return_date IS NULL"))
        .isBetween(RENTALS / 100L, RENTALS * 2 / 100L);
    assertThat(shop.number("SELECT MAX(rental_id) FROM rental")).isGreaterThan(RENTALS + 1000);
    assertThat(shop.strings("SELECT DISTINCT amount FROM payment"))
        .contains("0.00", "-4.99", "999.99", "-999.99");
    List<String> names = new ArrayList<>(shop.strings("SELECT first_name FROM customer"));
    names.addAll(shop.strings("SELECT last_name FROM customer"));
    assertThat(names)
        .contains(
            "JOSÉ", "O'BRIEN", "美咲", "Emoji 🎬", "Trailing ", "M".repeat(45), "🍿".repeat(45));
    assertThat(shop.strings("SELECT title FROM film")).contains("🎞".repeat(128), "七人の侍");
    assertThat(shop.number("SELECT COUNT(*) FROM rental WHERE return_date = '2010-04-04 02:30:00'"))
        .isPositive();
  }

  @Test
  void everyForeignKeyPointsToARow() throws SQLException {
    // The load runs without these checks.
    assertThat(
            shop.number(
                """
                SELECT COUNT(*)
                  FROM rental r
                  JOIN customer c ON c.customer_id = r.customer_id
                  JOIN address a ON a.address_id = c.address_id
                  JOIN city ci ON ci.city_id = a.city_id
                  JOIN country co ON co.country_id = ci.country_id
                  JOIN inventory i ON i.inventory_id = r.inventory_id
                  JOIN film f ON f.film_id = i.film_id
                  JOIN language l ON l.language_id = f.language_id
                  JOIN store s ON s.store_id = i.store_id
                  JOIN staff m ON m.staff_id = s.manager_staff_id
                  JOIN staff t ON t.staff_id = r.staff_id
                """))
        .isEqualTo(RENTALS);
    assertThat(
            shop.number(
                """
                SELECT COUNT(*) FROM payment p
                 WHERE p.rental_id IS NOT NULL
                   AND p.rental_id NOT IN (SELECT rental_id FROM rental)
                """))
        .isZero();
  }

  @Test
  void theJoinIsOrderedAndHasAllItsColumns() throws SQLException {
    List<String> keys =
        shop.strings(
            "SELECT CONCAT_WS(' ', rental_id, payment_id, category_id, customer_id, customer_name,"
                + " film_id, film_title, category, amount, rental_date, return_date) FROM ("
                + CustomerOrderFlatJoin.SQL
                + ") flat");
    assertThat(keys).hasSizeGreaterThan(RENTALS).doesNotHaveDuplicates();
  }

  @Test
  void tellsItsProgressAndWidensPaymentIdOnlyWhereItMust() throws SQLException {
    String type =
        "SELECT column_type FROM information_schema.columns"
            + " WHERE table_schema = DATABASE() AND column_name = 'payment_id'";
    assertThat(shop.strings(type).getFirst()).startsWith("smallint");
    try (TestDatabase big = TestDatabase.withSchema(TestServer.usual(), "sakila_big", false)) {
      List<Long> told = new ArrayList<>();
      SakilaSeed seed = SakilaSeed.builder().rentals(65_000).progress(told::add).build();
      seed.load(big.source());
      assertThat(big.strings(type).getFirst()).startsWith("int");
      assertThat(told).isSorted().last().isEqualTo(seed.totalRows());
      assertThat(big.number("SELECT MAX(payment_id) FROM payment")).isGreaterThan(65_535);
    }
  }

  @Test
  void loadsTheSmallestShop() throws SQLException {
    try (TestDatabase tiny = TestDatabase.seeded("sakila_tiny", 1, 1)) {
      assertThat(tiny.number("SELECT COUNT(*) FROM rental")).isEqualTo(1);
    }
  }

  @Test
  void refusesWhatItCannotDo() throws SQLException {
    assertThatThrownBy(() -> SakilaSeed.builder().build().load(shop.source()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already has rentals");
    assertThatThrownBy(() -> SakilaSeed.builder().rentals(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is 0");
    try (TestDatabase empty = TestDatabase.empty("sakila_empty")) {
      assertThatThrownBy(() -> SakilaSeed.builder().build().load(empty.source()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no tables [country");
    }
  }
}
