package org.etlsandbox.betaapi;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.MappedSuperclass;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A row of the destination: one payment in one category of the rented film. */
@MappedSuperclass
abstract class Flat {

  @EmbeddedId private FlatKey key;
  private long customerId;
  private String customerName;
  private long filmId;
  private String filmTitle;
  private String category;
  private BigDecimal amount;
  private LocalDateTime rentalDate;
  private @Nullable LocalDateTime returnDate;
  private long rowVersion;

  // Hibernate fills the fields after construction
  @SuppressWarnings("NullAway.Init")
  protected Flat() {}

  /** Whether it is a tombstone; null where tombstones are left out. */
  abstract @Nullable Boolean deleted();

  FlatResponse toResponse() {
    return new FlatResponse(
        key.rentalId(),
        key.paymentId(),
        key.categoryId(),
        customerId,
        customerName,
        filmId,
        filmTitle,
        category,
        amount,
        rentalDate,
        returnDate,
        rowVersion,
        deleted());
  }
}
