package org.etlsandbox.betaapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A flat as JSON.
 *
 * @param amount exact, with exactly two digits after the point
 * @param rentalDate wall clock of Jupiter, without a zone
 * @param returnDate null while the film is out; present all the same
 * @param rowVersion the refresh that wrote the row
 * @param deleted whether it is a tombstone; only where tombstones were asked for
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record FlatResponse(
    long rentalId,
    long paymentId,
    long categoryId,
    long customerId,
    String customerName,
    long filmId,
    String filmTitle,
    String category,
    BigDecimal amount,
    LocalDateTime rentalDate,
    @Nullable LocalDateTime returnDate,
    long rowVersion,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean deleted) {

  FlatResponse {
    // Throws where a digit would be lost
    amount = amount.setScale(2);
  }
}
