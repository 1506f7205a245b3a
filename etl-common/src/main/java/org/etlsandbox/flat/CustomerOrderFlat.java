package org.etlsandbox.flat;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A {@link FlatRow} that may be kept: immutable, compared by value. */
public record CustomerOrderFlat(
    long rentalId,
    long paymentId,
    long categoryId,
    long customerId,
    String customerName,
    long filmId,
    String filmTitle,
    String category,
    long amountCents,
    LocalDateTime rentalDate,
    @Nullable LocalDateTime returnDate)
    implements FlatRow {

  /** DECIMAL(10,2): eight digits before the point, two after it. */
  public static final long MAX_AMOUNT_CENTS = 9_999_999_999L;

  /** Copies a row that may be a flyweight. */
  public static CustomerOrderFlat copyOf(FlatRow row) {
    if (row instanceof CustomerOrderFlat flat) {
      return flat;
    }
    return new CustomerOrderFlat(
        row.rentalId(),
        row.paymentId(),
        row.categoryId(),
        row.customerId(),
        row.customerName(),
        row.filmId(),
        row.filmTitle(),
        row.category(),
        row.amountCents(),
        row.rentalDate(),
        row.returnDate());
  }

  public FlatKey key() {
    return new FlatKey(rentalId, paymentId, categoryId);
  }
}
