package org.etlsandbox.betaapi;

import org.jspecify.annotations.Nullable;

/**
 * Which page is asked for, as given.
 *
 * @param sort {@code rentalId}, {@code rentalDate}, {@code amount} or {@code customerId}; with a
 *     leading {@code -} descending
 * @param limit most rows of a page
 * @param cursor {@code next} of the page before; missing for the first page
 */
record PageParameters(@Nullable String sort, @Nullable String limit, @Nullable String cursor) {

  static final int LARGEST = 1000;
  static final int USUAL = 100;

  int rows() {
    return ParameterValue.count("limit", limit, LARGEST, USUAL);
  }
}
