package org.etlsandbox.sakila;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.sakila.Ids.Table;

/**
 * What polling cannot see: deletes in each of the seven tables, categories taken from films. What
 * depends on a row goes first, as the foreign keys demand.
 */
final class Clearance {

  private static final int FEWEST_CATEGORIES = 8;

  // A regular of a big shop has tens of thousands of rentals: too much for one transaction.
  private static final int MOST_RENTALS_OF_A_LEAVING_CUSTOMER = 1000;

  private static final String DELETE_PAYMENT = "DELETE FROM payment WHERE payment_id = ?";

  private static final String DELETE_PAYMENTS_OF_RENTAL = "DELETE FROM payment WHERE rental_id = ?";

  private static final String DELETE_RENTAL = "DELETE FROM rental WHERE rental_id = ?";

  private static final String DELETE_PAYMENTS_OF_INVENTORY =
      """
      DELETE p
        FROM payment p
        JOIN rental r ON r.rental_id = p.rental_id
       WHERE r.inventory_id = ?
      """;

  private static final String DELETE_RENTALS_OF_INVENTORY =
      "DELETE FROM rental WHERE inventory_id = ?";

  private static final String DELETE_INVENTORY = "DELETE FROM inventory WHERE inventory_id = ?";

  private static final String RENTALS_OF_CUSTOMER =
      "SELECT COUNT(*) FROM rental WHERE customer_id = ?";

  private static final String DELETE_PAYMENTS_OF_CUSTOMER =
      "DELETE FROM payment WHERE customer_id = ?";

  private static final String DELETE_RENTALS_OF_CUSTOMER =
      "DELETE FROM rental WHERE customer_id = ?";

  private static final String DELETE_CUSTOMER = "DELETE FROM customer WHERE customer_id = ?";

  private static final String INVENTORY_OF_FILM =
      "SELECT inventory_id FROM inventory WHERE film_id = ? ORDER BY inventory_id";

  private static final String DELETE_CATEGORIES_OF_FILM =
      "DELETE FROM film_category WHERE film_id = ?";

  private static final String DELETE_FILM = "DELETE FROM film WHERE film_id = ?";

  private static final String NEXT_FILM_WITH_CATEGORY =
      "SELECT film_id FROM film_category WHERE film_id >= ? ORDER BY film_id LIMIT 1";

  private static final String A_CATEGORY_OF_FILM =
      "SELECT MAX(category_id) FROM film_category WHERE film_id = ?";

  private static final String LOSE_CATEGORY =
      "DELETE FROM film_category WHERE film_id = ? AND category_id = ?";

  private static final String SWITCH_CATEGORY =
      "UPDATE film_category SET category_id = ? WHERE film_id = ? AND category_id = ?";

  private static final String CATEGORIES = "SELECT COUNT(*) FROM category";

  private static final String DELETE_FILMS_OF_CATEGORY =
      "DELETE FROM film_category WHERE category_id = ?";

  private static final String DELETE_CATEGORY = "DELETE FROM category WHERE category_id = ?";

  private static final String HAS_CATEGORY = "SELECT COUNT(*) FROM category WHERE category_id = ?";

  private static final String REVIVE_CATEGORY =
      "INSERT INTO category (category_id, name) VALUES (?, ?)";

  private static final String FILMS_WITHOUT_CATEGORY =
      """
      SELECT f.film_id
        FROM film f
       WHERE NOT EXISTS (SELECT 1 FROM film_category fc WHERE fc.film_id = f.film_id)
       ORDER BY f.film_id
       LIMIT 100
      """;

  private Clearance() {}

  static void deletePayment(ShopTransaction t) throws SQLException {
    t.update(DELETE_PAYMENT, t.any(Table.PAYMENT));
  }

  static void deleteRentalWithPayments(ShopTransaction t) throws SQLException {
    long rental = t.any(Table.RENTAL);
    t.update(DELETE_PAYMENTS_OF_RENTAL, rental);
    t.update(DELETE_RENTAL, rental);
  }

  /** The foreign key sets the payments' rental to NULL, which does not move their last_update. */
  static void deleteRentalAlone(ShopTransaction t) throws SQLException {
    t.update(DELETE_RENTAL, t.any(Table.RENTAL));
  }

  static void deleteInventory(ShopTransaction t) throws SQLException {
    deleteInventory(t, t.any(Table.INVENTORY));
  }

  private static void deleteInventory(ShopTransaction t, long inventory) throws SQLException {
    t.update(DELETE_PAYMENTS_OF_INVENTORY, inventory);
    t.update(DELETE_RENTALS_OF_INVENTORY, inventory);
    t.update(DELETE_INVENTORY, inventory);
  }

  static void deleteCustomer(ShopTransaction t) throws SQLException {
    long customer = t.any(Table.CUSTOMER);
    if (t.number(RENTALS_OF_CUSTOMER, customer) <= MOST_RENTALS_OF_A_LEAVING_CUSTOMER) {
      t.update(DELETE_PAYMENTS_OF_CUSTOMER, customer);
      t.update(DELETE_RENTALS_OF_CUSTOMER, customer);
      t.update(DELETE_CUSTOMER, customer);
    }
  }

  static void deleteFilm(ShopTransaction t) throws SQLException {
    long film = t.any(Table.FILM);
    for (long inventory : numbers(t, INVENTORY_OF_FILM, film)) {
      deleteInventory(t, inventory);
    }
    t.update(DELETE_CATEGORIES_OF_FILM, film);
    t.update(DELETE_FILM, film);
  }

  static void loseCategory(ShopTransaction t) throws SQLException {
    long film = t.number(NEXT_FILM_WITH_CATEGORY, t.any(Table.FILM));
    t.update(LOSE_CATEGORY, film, t.number(A_CATEGORY_OF_FILM, film));
  }

  static void switchCategory(ShopTransaction t) throws SQLException {
    long film = t.number(NEXT_FILM_WITH_CATEGORY, t.any(Table.FILM));
    long from = t.number(A_CATEGORY_OF_FILM, film);
    t.update(SWITCH_CATEGORY, t.any(Table.CATEGORY), film, from);
  }

  static void deleteCategory(ShopTransaction t) throws SQLException {
    long category = t.any(Table.CATEGORY);
    if (t.number(CATEGORIES) > FEWEST_CATEGORIES) {
      t.update(DELETE_FILMS_OF_CATEGORY, category);
      t.update(DELETE_CATEGORY, category);
    }
  }

  /**
   * Brings a deleted category back under its old id (TINYINT: new ids would soon run out) with
   * another name, for films that have none.
   */
  static void reviveCategory(ShopTransaction t) throws SQLException {
    for (int category = 1; category <= Names.CATEGORIES.size(); category++) {
      if (t.number(HAS_CATEGORY, category) == 0) {
        t.update(REVIVE_CATEGORY, category, BackOffice.categoryName(t.draw()));
        for (long film : numbers(t, FILMS_WITHOUT_CATEGORY)) {
          t.update(BackOffice.GAIN_CATEGORY, film, category);
        }
        return;
      }
    }
  }

  private static List<Long> numbers(ShopTransaction t, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement query = t.connection().prepareStatement(sql)) {
      ShopTransaction.bind(query, values);
      try (ResultSet rows = query.executeQuery()) {
        List<Long> numbers = new ArrayList<>();
        while (rows.next()) {
          numbers.add(rows.getLong(1));
        }
        return numbers;
      }
    }
  }
}
