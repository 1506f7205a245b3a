package org.etlsandbox.betaapi;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of the destination's view, which has no tombstones. */
@Entity
@Immutable
@Table(name = CurrentFlat.VIEW)
class CurrentFlat {

  static final String VIEW = "customer_order_flat_current";

  @EmbeddedId private CurrentFlatKey key;
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
  protected CurrentFlat() {}

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
        rowVersion);
  }
}
