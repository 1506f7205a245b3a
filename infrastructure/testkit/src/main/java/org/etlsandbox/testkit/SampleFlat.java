package org.etlsandbox.testkit;

import java.time.LocalDateTime;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.jspecify.annotations.Nullable;

/** Builds a harmless row, of which a test changes only what it is about. */
public final class SampleFlat {
  private final long rentalId;
  private final long paymentId;
  private final long categoryId;
  private long customerId = 130;
  private String customerName = "CHARLOTTE HUNTER";
  private long filmId = 80;
  private String filmTitle = "BLANKET BEVERLY";
  private String category = "Family";
  private long amountCents = 299;
  private LocalDateTime rentalDate = LocalDateTime.of(2005, 5, 24, 22, 53, 30);
  private @Nullable LocalDateTime returnDate = LocalDateTime.of(2005, 5, 26, 22, 4, 30);

  private SampleFlat(long rentalId, long paymentId, long categoryId) {
    this.rentalId = rentalId;
    this.paymentId = paymentId;
    this.categoryId = categoryId;
  }

  public static SampleFlat of(long rentalId, long paymentId, long categoryId) {
    return new SampleFlat(rentalId, paymentId, categoryId);
  }

  /** A finished row with this key. */
  public static CustomerOrderFlat row(long rentalId, long paymentId, long categoryId) {
    return of(rentalId, paymentId, categoryId).build();
  }

  public SampleFlat customerId(long value) {
    customerId = value;
    return this;
  }

  public SampleFlat customerName(String value) {
    customerName = value;
    return this;
  }

  public SampleFlat filmId(long value) {
    filmId = value;
    return this;
  }

  public SampleFlat filmTitle(String value) {
    filmTitle = value;
    return this;
  }

  public SampleFlat category(String value) {
    category = value;
    return this;
  }

  public SampleFlat amountCents(long value) {
    amountCents = value;
    return this;
  }

  public SampleFlat rentalDate(LocalDateTime value) {
    rentalDate = value;
    return this;
  }

  public SampleFlat returnDate(@Nullable LocalDateTime value) {
    returnDate = value;
    return this;
  }

  public CustomerOrderFlat build() {
    return new CustomerOrderFlat(
        rentalId,
        paymentId,
        categoryId,
        customerId,
        customerName,
        filmId,
        filmTitle,
        category,
        amountCents,
        rentalDate,
        returnDate);
  }
}
