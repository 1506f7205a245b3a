package org.etlsandbox.sakila;

import java.sql.SQLException;

/** The front of the shop: rentals, returns, payments and the correction of all of these. */
final class RentalDesk {

  private static final String RENT =
      """
      INSERT INTO rental (rental_date, inventory_id, customer_id, return_date, staff_id)
      VALUES (NOW(), ?, ?, NULL, ?)
      """;

  private static final String PAY =
      """
      INSERT INTO payment (customer_id, staff_id, rental_id, amount, payment_date)
      VALUES (?, ?, ?, ?, NOW())
      """;

  private static final String CUSTOMER_OF_RENTAL =
      "SELECT customer_id FROM rental WHERE rental_id = ?";

  // The window bounds the search where everything has been returned.
  private static final String NEXT_OPEN_RENTAL =
      """
      SELECT rental_id
        FROM rental
       WHERE rental_id >= ? AND rental_id < ? + 2000 AND return_date IS NULL
       ORDER BY rental_id
       LIMIT 1
      """;

  private static final String RETURN = "UPDATE rental SET return_date = NOW() WHERE rental_id = ?";

  private static final String CORRECT_RETURN =
      "UPDATE rental SET return_date = return_date + INTERVAL ? MINUTE WHERE rental_id = ?";

  private static final String TAKE_BACK_RETURN =
      "UPDATE rental SET return_date = NULL WHERE rental_id = ?";

  private static final String CORRECT_AMOUNT = "UPDATE payment SET amount = ? WHERE payment_id = ?";

  private static final String CUSTOMER_OF_PAYMENT =
      "SELECT customer_id FROM payment WHERE payment_id = ?";

  private static final String NEXT_RENTAL_OF_CUSTOMER =
      """
      SELECT rental_id
        FROM rental
       WHERE customer_id = ? AND rental_id >= ?
       ORDER BY rental_id
       LIMIT 1
      """;

  private static final String MOVE_PAYMENT =
      "UPDATE payment SET rental_id = ? WHERE payment_id = ?";

  private static final String DETACH_PAYMENT =
      "UPDATE payment SET rental_id = NULL WHERE payment_id = ?";

  private static final String REASSIGN_RENTAL =
      "UPDATE rental SET customer_id = ? WHERE rental_id = ?";

  private static final String REASSIGN_PAYMENTS =
      "UPDATE payment SET customer_id = ? WHERE rental_id = ?";

  private RentalDesk() {}

  static void rent(ShopTransaction t) throws SQLException {
    long inventory = t.any(Ids.Table.INVENTORY);
    long customer = t.any(Ids.Table.CUSTOMER);
    int staff = 1 + t.draw().below(2);
    long rental = t.insert(Ids.Table.RENTAL, RENT, inventory, customer, staff);
    if (t.draw().chance(900)) {
      pay(t, customer, rental);
    }
  }

  static void giveBack(ShopTransaction t) throws SQLException {
    // New rentals are those that are out; the others would be found only by a long search.
    long start =
        t.draw().chance(500)
            ? t.ids().recent(t.connection(), Ids.Table.RENTAL, t.draw(), 2000)
            : t.any(Ids.Table.RENTAL);
    long open = t.number(NEXT_OPEN_RENTAL, start, start);
    if (open == 0) {
      t.update(CORRECT_RETURN, 1 + t.draw().below(600), start);
      return;
    }
    t.update(RETURN, open);
    if (t.draw().chance(200)) {
      pay(t, t.number(CUSTOMER_OF_RENTAL, open), open);
    }
  }

  static void payAgain(ShopTransaction t) throws SQLException {
    long rental = t.any(Ids.Table.RENTAL);
    pay(t, t.number(CUSTOMER_OF_RENTAL, rental), rental);
  }

  private static void pay(ShopTransaction t, long customer, long rental) throws SQLException {
    if (t.ids().hasRoom(Ids.Table.PAYMENT)) {
      int staff = 1 + t.draw().below(2);
      t.insert(Ids.Table.PAYMENT, PAY, customer, staff, rental, SeedRows.amount(t.draw()));
    } else {
      correctAmount(t);
    }
  }

  static void correctAmount(ShopTransaction t) throws SQLException {
    long payment = t.any(Ids.Table.PAYMENT);
    t.update(CORRECT_AMOUNT, SeedRows.amount(t.draw()), payment);
  }

  /** With the draw of a {@link #correctAmount} it corrects the same payment, to another amount. */
  static void correctAmountAgain(ShopTransaction t) throws SQLException {
    long payment = t.any(Ids.Table.PAYMENT);
    SeedRows.amount(t.draw());
    t.update(CORRECT_AMOUNT, SeedRows.amount(t.draw()), payment);
  }

  static void correctReturn(ShopTransaction t) throws SQLException {
    long rental = t.any(Ids.Table.RENTAL);
    if (t.draw().chance(250)) {
      t.update(TAKE_BACK_RETURN, rental);
    } else {
      t.update(CORRECT_RETURN, 1 + t.draw().below(600), rental);
    }
  }

  /** To another rental of the same customer. */
  static void movePayment(ShopTransaction t) throws SQLException {
    long payment = t.any(Ids.Table.PAYMENT);
    long customer = t.number(CUSTOMER_OF_PAYMENT, payment);
    long rental = t.number(NEXT_RENTAL_OF_CUSTOMER, customer, t.any(Ids.Table.RENTAL));
    if (rental != 0) {
      t.update(MOVE_PAYMENT, rental, payment);
    }
  }

  static void detachPayment(ShopTransaction t) throws SQLException {
    t.update(DETACH_PAYMENT, t.any(Ids.Table.PAYMENT));
  }

  static void reassignRental(ShopTransaction t) throws SQLException {
    long rental = t.any(Ids.Table.RENTAL);
    long customer = t.any(Ids.Table.CUSTOMER);
    t.update(REASSIGN_RENTAL, customer, rental);
    t.update(REASSIGN_PAYMENTS, customer, rental);
  }
}
