package org.etlsandbox.sakila;

import java.math.BigDecimal;
import java.sql.SQLException;
import org.etlsandbox.sakila.Ids.Table;

/** The back of the shop: customers, films, categories and shelves. Nothing is deleted here. */
final class BackOffice {

  private static final int MOST_CATEGORIES_OF_A_FILM = 4;

  private static final String RENAME_CUSTOMER =
      "UPDATE customer SET first_name = ?, last_name = ? WHERE customer_id = ?";

  private static final String RENAME_FILM = "UPDATE film SET title = ? WHERE film_id = ?";

  private static final String RENAME_CATEGORY =
      "UPDATE category SET name = ? WHERE category_id = ?";

  private static final String CATEGORIES_OF_FILM =
      "SELECT COUNT(*) FROM film_category WHERE film_id = ?";

  private static final String HAS_CATEGORY =
      "SELECT COUNT(*) FROM film_category WHERE film_id = ? AND category_id = ?";

  static final String GAIN_CATEGORY =
      "INSERT INTO film_category (film_id, category_id) VALUES (?, ?)";

  private static final String MOVE_INVENTORY =
      "UPDATE inventory SET film_id = ? WHERE inventory_id = ?";

  private static final String NEW_CUSTOMER =
      """
      INSERT INTO customer (store_id, first_name, last_name, address_id, create_date)
      VALUES (?, ?, ?, (SELECT MIN(address_id) FROM address), NOW())
      """;

  private static final String NEW_FILM =
      """
      INSERT INTO film (title, language_id)
      VALUES (?, (SELECT MIN(language_id) FROM language))
      """;

  private static final String NEW_INVENTORY =
      "INSERT INTO inventory (film_id, store_id) VALUES (?, ?)";

  private static final String CHANGE_RENTAL_RATE =
      "UPDATE film SET rental_rate = ? WHERE film_id = ?";

  private static final String CHANGE_MAIL = "UPDATE customer SET email = ? WHERE customer_id = ?";

  private static final String CHANGE_STORE =
      "UPDATE inventory SET store_id = 3 - store_id WHERE inventory_id = ?";

  private BackOffice() {}

  static void renameCustomer(ShopTransaction t) throws SQLException {
    long customer = t.any(Table.CUSTOMER);
    t.update(RENAME_CUSTOMER, firstName(t.draw()), lastName(t.draw()), customer);
  }

  static void renameFilm(ShopTransaction t) throws SQLException {
    long film = t.any(Table.FILM);
    t.update(RENAME_FILM, title(t.draw()), film);
  }

  static void renameCategory(ShopTransaction t) throws SQLException {
    long category = t.any(Table.CATEGORY);
    t.update(RENAME_CATEGORY, categoryName(t.draw()), category);
  }

  static void gainCategory(ShopTransaction t) throws SQLException {
    long film = t.any(Table.FILM);
    long category = t.any(Table.CATEGORY);
    // Or the films would end up in all categories, and the join at sixteen times its size.
    if (t.number(CATEGORIES_OF_FILM, film) < MOST_CATEGORIES_OF_A_FILM
        && t.number(HAS_CATEGORY, film, category) == 0) {
      t.update(GAIN_CATEGORY, film, category);
    }
  }

  static void moveInventory(ShopTransaction t) throws SQLException {
    long inventory = t.any(Table.INVENTORY);
    t.update(MOVE_INVENTORY, t.any(Table.FILM), inventory);
  }

  static void newCustomer(ShopTransaction t) throws SQLException {
    if (t.ids().hasRoom(Table.CUSTOMER)) {
      int store = 1 + t.draw().below(2);
      t.insert(Table.CUSTOMER, NEW_CUSTOMER, store, firstName(t.draw()), lastName(t.draw()));
    }
  }

  static void newFilm(ShopTransaction t) throws SQLException {
    if (!t.ids().hasRoom(Table.FILM) || !t.ids().hasRoom(Table.INVENTORY)) {
      renameFilm(t);
      return;
    }
    long film = t.insert(Table.FILM, NEW_FILM, title(t.draw()));
    t.update(GAIN_CATEGORY, film, t.any(Table.CATEGORY));
    for (int copies = 1 + t.draw().below(4); copies > 0; copies--) {
      t.insert(Table.INVENTORY, NEW_INVENTORY, film, 1 + t.draw().below(2));
    }
  }

  /** Changes what the join does not read: last_update moves, the flats do not. */
  static void changeBesides(ShopTransaction t) throws SQLException {
    switch (t.draw().below(3)) {
      case 0 -> {
        long film = t.any(Table.FILM);
        t.update(CHANGE_RENTAL_RATE, BigDecimal.valueOf(t.draw().below(1000), 2), film);
      }
      case 1 -> {
        long customer = t.any(Table.CUSTOMER);
        t.update(CHANGE_MAIL, t.draw().below(1_000_000) + "@example.org", customer);
      }
      default -> t.update(CHANGE_STORE, t.any(Table.INVENTORY));
    }
  }

  static String categoryName(Draw draw) {
    return draw.oneOf(Names.CATEGORIES) + " " + draw.below(1000) + (draw.chance(200) ? " 🎭" : "");
  }

  private static String firstName(Draw draw) {
    return Names.first(draw.below(1000), draw);
  }

  private static String lastName(Draw draw) {
    return Names.last(draw.below(1000), draw);
  }

  private static String title(Draw draw) {
    return Names.title(draw.below(1000), draw);
  }
}
