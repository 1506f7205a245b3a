package org.etlsandbox.betaapi;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which page is asked for, as given.
 *
 * @param sort {@code rentalId}, {@code rentalDate}, {@code amount} or {@code customerId}; with a
 *     leading {@code -} descending
 * @param limit most rows of a page
 * @param cursor {@code next} of the page before; missing for the first page
 */
record PageParameters(
    @Parameter(
            description = "A leading - means descending",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {
                      "rentalId",
                      "-rentalId",
                      "rentalDate",
                      "-rentalDate",
                      "amount",
                      "-amount",
                      "customerId",
                      "-customerId"
                    },
                    defaultValue = "rentalId"))
        @Nullable String sort,
    @Parameter(
            description = "Most rows of a page",
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
        @Nullable String limit,
    @Parameter(description = "next of the page before") @Nullable String cursor) {

  static final int LARGEST = 1000;
  static final int USUAL = 100;

  int rows() {
    return ParameterValue.count("limit", limit, LARGEST, USUAL);
  }
}
