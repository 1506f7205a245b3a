package org.etlsandbox.soak.crash;

import java.sql.SQLException;

/**
 * Changes that a leader reads before it is paused, and that are taken back while it sleeps. Its
 * successor finds the destination as Jupiter has it and writes nothing, so nothing that is newer
 * stands against what the old leader still has in its hands: an old value, a row that is gone, a
 * tombstone of a row that is back, a rental that could not be copied then.
 */
final class Trap {

  private final Shop shop;
  private final int number;

  Trap(Shop shop, int number) {
    this.shop = shop;
    this.number = number;
  }

  /** What the copy holds before and after; to be done while a leader is at work. */
  void prepare() throws SQLException {
    shop.execute("UPDATE customer SET last_name = 'RIGHT' WHERE customer_id BETWEEN 1 AND 30");
    shop.execute("DROP TABLE IF EXISTS trap_payment");
    shop.execute(
        "CREATE TABLE trap_payment AS SELECT p.* FROM payment p WHERE p.rental_id IS NOT NULL"
            + " AND p.amount = ROUND(p.amount, 2) ORDER BY p.payment_id LIMIT 5");
    shop.execute("DROP TABLE IF EXISTS trap_amount");
    shop.execute(
        "CREATE TABLE trap_amount AS SELECT p.payment_id, p.amount FROM payment p"
            + " WHERE p.rental_id IS NOT NULL AND p.amount = ROUND(p.amount, 2)"
            + " AND p.payment_id > (SELECT MAX(payment_id) FROM trap_payment)"
            + " ORDER BY p.payment_id LIMIT 1");
  }

  /** What the old leader is to read. */
  void set() throws SQLException {
    shop.execute("UPDATE customer SET last_name = 'STALE' WHERE customer_id BETWEEN 1 AND 30");
    shop.execute(
        "INSERT INTO payment (payment_id, customer_id, staff_id, rental_id, amount, payment_date)"
            + " SELECT 60000, customer_id, staff_id, rental_id, 66.66, payment_date FROM trap_payment"
            + " ORDER BY payment_id DESC LIMIT 1");
    shop.execute("DELETE FROM payment WHERE payment_id IN (SELECT payment_id FROM trap_payment)");
    shop.execute(
        "UPDATE rental SET return_date = NULL WHERE rental_id IN (SELECT rental_id FROM trap_payment)");
    shop.execute(
        "UPDATE payment SET amount = amount + 0.0050"
            + " WHERE payment_id IN (SELECT payment_id FROM trap_amount)");
  }

  /** Takes it back, and changes something else so that the successor writes, too. */
  void undo() throws SQLException {
    shop.execute("UPDATE customer SET last_name = 'RIGHT' WHERE customer_id BETWEEN 1 AND 30");
    shop.execute("DELETE FROM payment WHERE payment_id = 60000");
    shop.execute("INSERT INTO payment SELECT * FROM trap_payment");
    shop.execute(
        "UPDATE payment p JOIN trap_amount t ON t.payment_id = p.payment_id SET p.amount = t.amount");
    shop.execute(
        "UPDATE film SET title = 'NEWER %d' WHERE film_id BETWEEN 10 AND 15".formatted(number));
  }
}
