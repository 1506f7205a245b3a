package org.etlsandbox.testkit.sakila;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.etlsandbox.testkit.sakila.SakilaRow.Category;
import org.etlsandbox.testkit.sakila.SakilaRow.Customer;
import org.etlsandbox.testkit.sakila.SakilaRow.Film;
import org.etlsandbox.testkit.sakila.SakilaRow.FilmCategory;
import org.etlsandbox.testkit.sakila.SakilaRow.Inventory;
import org.etlsandbox.testkit.sakila.SakilaRow.Payment;
import org.etlsandbox.testkit.sakila.SakilaRow.Rental;

/** Contents of a small Sakila. */
public final class SampleSakila {
  private static final LocalDateTime RENTED = LocalDateTime.of(2005, 5, 24, 22, 53, 30);

  // The largest ids of Sakila's types: INT, SMALLINT, MEDIUMINT and TINYINT UNSIGNED
  private static final long MAX_RENTAL = 2_147_483_647L;
  private static final long MAX_SMALLINT = 65_535;
  private static final long MAX_INVENTORY = 16_777_215;
  private static final long MAX_CATEGORY = 255;

  /** DECIMAL(5,2). */
  private static final long MAX_AMOUNT_CENTS = 99_999;

  private SampleSakila() {}

  /** One rental of every table's row 1, with one payment and one category. */
  public static SakilaRow[] one(Instant at) {
    return new SakilaRow[] {
      new Category(1, "Action", at),
      new Film(1, "ACADEMY DINOSAUR", at),
      new FilmCategory(1, 1, at),
      new Inventory(1, 1, at),
      new Customer(1, "MARY", "SMITH", at),
      new Rental(1, RENTED, 1, 1, null, at),
      new Payment(1, 1L, 299, at)
    };
  }

  /**
   * Rentals 10, 20, 30, … of five customers, eight copies of four films in up to three categories;
   * every rental has a payment, some have three; payment ids fall while rental ids rise.
   */
  public static SakilaRow[] shop(int rentals, long seed, Instant at) {
    Random dice = new Random(seed);
    List<SakilaRow> rows = new ArrayList<>();
    for (int category = 1; category <= 3; category++) {
      rows.add(new Category(category, "Category " + category, at));
    }
    for (int film = 1; film <= 4; film++) {
      rows.add(new Film(film, "FILM " + film, at));
      for (int category = 1; category <= 1 + film % 3; category++) {
        rows.add(new FilmCategory(film, category, at));
      }
    }
    for (int copy = 1; copy <= 8; copy++) {
      rows.add(new Inventory(copy, 1 + copy % 4, at));
    }
    for (int customer = 1; customer <= 5; customer++) {
      rows.add(new Customer(customer, "FIRST" + customer, "LAST" + customer, at));
    }
    int payment = rentals * 3;
    for (int rental = 1; rental <= rentals; rental++) {
      LocalDateTime rented = RENTED.plusMinutes(rental);
      long id = rental * 10L;
      rows.add(
          new Rental(
              id,
              rented,
              1 + dice.nextInt(8),
              1 + dice.nextInt(5),
              dice.nextBoolean() ? null : rented.plusDays(3),
              at));
      for (int i = dice.nextInt(6) == 0 ? 3 : 1; i > 0; i--) {
        rows.add(new Payment(payment--, id, dice.nextInt(1200), at));
      }
    }
    return rows.toArray(SakilaRow[]::new);
  }

  /** Extremes of every type, texts in many scripts, rows that no join reaches. */
  public static SakilaRow[] hostile(Instant at) {
    List<SakilaRow> rows = new ArrayList<>();
    rows.add(new Category(MAX_CATEGORY, "🎬".repeat(25), at));
    rows.add(new Category(1, "", at));
    rows.add(new Category(2, "nobody's", at));
    rows.add(new Film(MAX_SMALLINT, "漢".repeat(128), at));
    rows.add(new Film(1, "\\N 'quoted' \"twice\"\t\r\n C:\\x", at));
    rows.add(new Film(2, "without category", at));
    rows.add(new FilmCategory(MAX_SMALLINT, MAX_CATEGORY, at));
    rows.add(new FilmCategory(MAX_SMALLINT, 1, at));
    rows.add(new FilmCategory(1, 1, at));
    rows.add(new Inventory(MAX_INVENTORY, MAX_SMALLINT, at));
    rows.add(new Inventory(1, 1, at));
    rows.add(new Inventory(2, 2, at));
    rows.add(new Inventory(3, 999, at)); // no such film
    rows.add(new Customer(MAX_SMALLINT, "É".repeat(45), "🏳️‍🌈".repeat(7), at));
    rows.add(new Customer(1, "", "", at));
    rows.add(new Customer(2, " blank ", "שלום\u0000NUL ", at));
    rows.add(
        new Rental(
            MAX_RENTAL,
            moment(9999, 12, 31, 23, 59, 59),
            MAX_INVENTORY,
            MAX_SMALLINT,
            moment(1000, 1, 1, 0, 0, 0),
            at));
    rows.add(new Rental(1, moment(2010, 4, 4, 2, 30, 0), 1, 1, null, at));
    rows.add(
        new Rental(2, moment(2015, 10, 25, 1, 30, 0), 1, 2, moment(2024, 3, 31, 2, 30, 0), at));
    rows.add(new Rental(3, RENTED, 2, 1, null, at)); // a film without category
    rows.add(new Rental(4, RENTED, 3, 1, null, at)); // a copy without film
    rows.add(new Rental(5, RENTED, 1, 999, null, at)); // no such customer
    rows.add(new Rental(6, RENTED, 1, 1, null, at)); // without payment
    rows.add(new Payment(MAX_SMALLINT, MAX_RENTAL, MAX_AMOUNT_CENTS, at));
    rows.add(new Payment(1, MAX_RENTAL, -MAX_AMOUNT_CENTS, at));
    rows.add(new Payment(2, 1L, 0, at));
    rows.add(new Payment(3, 2L, 1, null));
    rows.add(new Payment(4, 2L, 10, at));
    for (long rental = 3; rental <= 5; rental++) {
      rows.add(new Payment(2 + rental, rental, 100, at));
    }
    rows.add(new Payment(8, null, 100, at)); // without rental
    rows.add(new Payment(9, 777L, 100, at)); // no such rental
    return rows.toArray(SakilaRow[]::new);
  }

  private static LocalDateTime moment(
      int year, int month, int day, int hour, int minute, int second) {
    return LocalDateTime.of(year, month, day, hour, minute, second);
  }
}
