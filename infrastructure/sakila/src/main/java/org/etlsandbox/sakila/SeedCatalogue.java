package org.etlsandbox.sakila;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntConsumer;
import org.etlsandbox.sakila.SakilaShape.Stream;
import org.etlsandbox.sakila.SeedRows.LastUpdates;

/**
 * Fills every table but the two big ones: places, staff, films, what is on the shelves, customers.
 */
final class SeedCatalogue {

  private static final List<String> COUNTRIES =
      List.of("Argentina", "Česko", "Deutschland", "México", "Türkiye", "日本", "Österreich", "Peru");

  private static final List<String> CITIES =
      List.of("Córdoba", "Brno", "Köln", "Mérida", "İzmir", "大阪", "Graz", "Cusco");

  private static final List<String> LANGUAGES =
      List.of("English", "Italian", "Japanese", "Mandarin", "French", "German");

  private static final List<String> RATINGS = List.of("G", "PG", "PG-13", "R", "NC-17");

  private static final List<String> FEATURES =
      List.of(
          "",
          "Trailers",
          "Commentaries",
          "Trailers,Deleted Scenes",
          "Commentaries,Behind the Scenes",
          "Trailers,Commentaries,Deleted Scenes,Behind the Scenes");

  private static final int STORES = 2;

  private final SeedRows rows;
  private final SakilaShape shape;
  private final Connection connection;
  private final IntConsumer inserted;

  SeedCatalogue(SeedRows rows, Connection connection, IntConsumer inserted) {
    this.rows = rows;
    this.shape = rows.shape();
    this.connection = connection;
    this.inserted = inserted;
  }

  /** Number of rows that {@link #load} inserts. */
  static long size(SakilaShape shape) {
    return COUNTRIES.size()
        + CITIES.size()
        + LANGUAGES.size()
        + Names.CATEGORIES.size()
        + 2L * STORES
        + 2L * shape.customers()
        + 2L * STORES
        + shape.films()
        + filmCategories(shape.films())
        + shape.inventory();
  }

  void load() throws SQLException {
    places();
    staff();
    customers();
    categories();
    films();
    filmCategories();
    inventory();
  }

  private void places() throws SQLException {
    LastUpdates countries = rows.lastUpdates("country", COUNTRIES.size());
    try (MultiRowInsert insert =
        into("INSERT INTO country (country_id, country, last_update) VALUES", 3)) {
      for (int i = 0; i < COUNTRIES.size(); i++) {
        insert.add(i + 1, COUNTRIES.get(i), countries.at(i));
      }
      insert.finish();
    }
    LastUpdates cities = rows.lastUpdates("city", CITIES.size());
    try (MultiRowInsert insert =
        into("INSERT INTO city (city_id, city, country_id, last_update) VALUES", 4)) {
      for (int i = 0; i < CITIES.size(); i++) {
        insert.add(i + 1, CITIES.get(i), i + 1, cities.at(i));
      }
      insert.finish();
    }
    LastUpdates languages = rows.lastUpdates("language", LANGUAGES.size());
    try (MultiRowInsert insert =
        into("INSERT INTO language (language_id, name, last_update) VALUES", 3)) {
      for (int i = 0; i < LANGUAGES.size(); i++) {
        insert.add(i + 1, LANGUAGES.get(i), languages.at(i));
      }
      insert.finish();
    }
    int addresses = 2 * STORES + shape.customers();
    LastUpdates moved = rows.lastUpdates("address", addresses);
    try (MultiRowInsert insert =
        into(
            """
            INSERT INTO address (address_id, address, address2, district, city_id, postal_code,
                                 phone, last_update)
            VALUES\
            """,
            8)) {
      for (int i = 0; i < addresses; i++) {
        int city = 1 + i % CITIES.size();
        insert.add(i + 1, (i + 1) + " Calle Ñandú", null, "Centro", city, "0" + i, "", moved.at(i));
      }
      insert.finish();
    }
  }

  private void staff() throws SQLException {
    LastUpdates stores = rows.lastUpdates("store", STORES);
    try (MultiRowInsert insert =
        into("INSERT INTO store (store_id, manager_staff_id, address_id, last_update) VALUES", 4)) {
      for (int i = 1; i <= STORES; i++) {
        insert.add(i, i, i, stores.at(i - 1));
      }
      insert.finish();
    }
    LastUpdates staff = rows.lastUpdates("staff", STORES);
    try (MultiRowInsert insert =
        into(
            """
            INSERT INTO staff (staff_id, first_name, last_name, address_id, email, store_id,
                               active, username, last_update)
            VALUES\
            """,
            9)) {
      for (int i = 1; i <= STORES; i++) {
        String mail = "staff" + i + "@example.org";
        insert.add(i, "Clerk", "No. " + i, STORES + i, mail, i, 1, "clerk" + i, staff.at(i - 1));
      }
      insert.finish();
    }
  }

  private void customers() throws SQLException {
    LastUpdates changed = rows.lastUpdates("customer", shape.customers());
    try (MultiRowInsert insert =
        into(
            """
            INSERT INTO customer (customer_id, store_id, first_name, last_name, email, address_id,
                                  active, create_date, last_update)
            VALUES\
            """,
            9)) {
      for (int i = 0; i < shape.customers(); i++) {
        Draw draw = rows.draw(Stream.CUSTOMER, i);
        String first = Names.first(i, draw);
        String last = Names.last(i, draw);
        insert.add(
            i + 1,
            1 + draw.below(STORES),
            first,
            last,
            draw.chance(30) ? null : "customer" + (i + 1) + "@example.org",
            2 * STORES + i + 1,
            draw.chance(25) ? 0 : 1,
            "2005-05-24 22:04:36",
            changed.at(i));
      }
      insert.finish();
    }
  }

  private void categories() throws SQLException {
    LastUpdates changed = rows.lastUpdates("category", Names.CATEGORIES.size());
    try (MultiRowInsert insert =
        into("INSERT INTO category (category_id, name, last_update) VALUES", 3)) {
      for (int i = 0; i < Names.CATEGORIES.size(); i++) {
        insert.add(i + 1, Names.CATEGORIES.get(i), changed.at(i));
      }
      insert.finish();
    }
  }

  private void films() throws SQLException {
    LastUpdates changed = rows.lastUpdates("film", shape.films());
    try (MultiRowInsert insert =
        into(
            """
            INSERT INTO film (film_id, title, description, release_year, language_id,
                              original_language_id, rental_duration, rental_rate, length,
                              replacement_cost, rating, special_features, last_update)
            VALUES\
            """,
            13)) {
      for (int i = 0; i < shape.films(); i++) {
        Draw draw = rows.draw(Stream.FILM, i);
        insert.add(
            i + 1,
            Names.title(i, draw),
            draw.chance(50) ? null : "A film, number " + (i + 1),
            draw.chance(50) ? null : 1950 + draw.below(55),
            1,
            draw.chance(900) ? null : 1 + draw.below(LANGUAGES.size()),
            3 + draw.below(5),
            BigDecimal.valueOf(99 + 200L * draw.below(3), 2),
            draw.chance(10) ? null : 46 + draw.below(140),
            BigDecimal.valueOf(999 + 100L * draw.below(21), 2),
            draw.oneOf(RATINGS),
            draw.chance(50) ? null : draw.oneOf(FEATURES),
            changed.at(i));
      }
      insert.finish();
    }
  }

  /** Ten of a hundred films have two or three categories, a few have none. */
  private static int categoriesOfPlace(long place, int films) {
    if (place >= films - Math.max(2, films / 250)) {
      return 0;
    }
    long several = films / 10;
    if (place < several / 5) {
      return 3;
    }
    return place < several ? 2 : 1;
  }

  private static long filmCategories(int films) {
    long total = 0;
    for (int place = 0; place < films; place++) {
      total += categoriesOfPlace(place, films);
    }
    return total;
  }

  private void filmCategories() throws SQLException {
    int films = shape.films();
    Permutation places = new Permutation(films, rows.draw(Stream.FILM_CATEGORY, -1).next());
    LastUpdates changed = rows.lastUpdates("film_category", filmCategories(films));
    try (MultiRowInsert insert =
        into("INSERT INTO film_category (film_id, category_id, last_update) VALUES", 3)) {
      long row = 0;
      for (int film = 0; film < films; film++) {
        Draw draw = rows.draw(Stream.FILM_CATEGORY, film);
        int category = draw.below(Names.CATEGORIES.size());
        for (int n = categoriesOfPlace(places.at(film), films); n > 0; n--) {
          insert.add(film + 1, 1 + category % Names.CATEGORIES.size(), changed.at(row++));
          // At most 2 × 7 further than the first, so the three differ.
          category += 1 + draw.below(7);
        }
      }
      insert.finish();
    }
  }

  private void inventory() throws SQLException {
    LastUpdates changed = rows.lastUpdates("inventory", shape.inventory());
    // Some films are in no store, as in Sakila.
    int onShelf = shape.films() - shape.films() / 25;
    Permutation shelves = new Permutation(shape.films(), rows.draw(Stream.INVENTORY, -1).next());
    try (MultiRowInsert insert =
        into("INSERT INTO inventory (inventory_id, film_id, store_id, last_update) VALUES", 4)) {
      for (int i = 0; i < shape.inventory(); i++) {
        Draw draw = rows.draw(Stream.INVENTORY, i);
        long film = 1 + shelves.at(draw.below(onShelf));
        insert.add(i + 1, film, 1 + draw.below(STORES), changed.at(i));
      }
      insert.finish();
    }
  }

  private MultiRowInsert into(String insert, int columns) throws SQLException {
    return new MultiRowInsert(connection, insert, columns, inserted);
  }
}
