package org.etlsandbox.sakila;

/**
 * The plain seven-way inner join that defines what every destination must hold.
 *
 * <p>It is the yardstick of the tests and says nothing about how to read fast: the optimizer starts
 * it from {@code category} and sorts. Read 2,000,000 rows with it only where that may take a while.
 */
public final class CustomerOrderFlatJoin {

  /**
   * All flats, ordered by (rental_id, payment_id, category_id), with the columns of the flat in
   * their order: rental_id, payment_id, category_id, customer_id, customer_name, film_id,
   * film_title, category, amount, rental_date, return_date.
   *
   * <p>The customer is the rental's; a payment may name another one.
   */
  public static final String SQL =
      """
      SELECT r.rental_id,
             p.payment_id,
             fc.category_id,
             c.customer_id,
             CONCAT(c.first_name, ' ', c.last_name) AS customer_name,
             f.film_id,
             f.title AS film_title,
             cat.name AS category,
             p.amount,
             r.rental_date,
             r.return_date
        FROM rental r
        JOIN payment p ON p.rental_id = r.rental_id
        JOIN customer c ON c.customer_id = r.customer_id
        JOIN inventory i ON i.inventory_id = r.inventory_id
        JOIN film f ON f.film_id = i.film_id
        JOIN film_category fc ON fc.film_id = f.film_id
        JOIN category cat ON cat.category_id = fc.category_id
       ORDER BY r.rental_id, p.payment_id, fc.category_id
      """;

  private CustomerOrderFlatJoin() {}
}
