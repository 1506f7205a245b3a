package org.etlsandbox.betaapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a group of flats adds up to. A payment has a row for each category of its film; it is
 * counted once in a group all the same, and so is its amount.
 */
final class Totals {

  private Totals() {}

  /**
   * A category. A payment for a film of two categories is in both, so amounts of several categories
   * do not add up to what was paid.
   *
   * @param rentals distinct rentals
   * @param payments distinct payments
   * @param amount sum of these payments, exact
   */
  record OfCategory(
      long categoryId, String category, long rentals, long payments, BigDecimal amount) {}

  /**
   * A month of rental dates.
   *
   * @param month {@code 2005-05}
   * @param rentals distinct rentals
   * @param payments distinct payments
   * @param amount sum of these payments, exact
   */
  record OfMonth(String month, long rentals, long payments, BigDecimal amount) {}

  /**
   * A customer.
   *
   * @param rentals distinct rentals
   * @param payments distinct payments
   * @param amount sum of these payments, exact
   */
  record OfCustomer(
      long customerId, String customerName, long rentals, long payments, BigDecimal amount) {}

  /** In the order of their ids. */
  record Categories(List<OfCategory> items) {}

  /** In the order of time. */
  record Months(List<OfMonth> items) {}

  /**
   * In the order of their ids.
   *
   * @param next the cursor of the page that follows; null on the last one
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Customers(List<OfCustomer> items, @Nullable String next) {}
}
