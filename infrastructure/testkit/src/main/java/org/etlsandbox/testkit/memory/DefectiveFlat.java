package org.etlsandbox.testkit.memory;

import java.time.LocalDateTime;
import org.etlsandbox.flat.FlatRow;
import org.jspecify.annotations.Nullable;

/** A row with a zero date: has a key and a reason, and nothing else that may be read. */
record DefectiveFlat(long rentalId, long paymentId, long categoryId) implements FlatRow {

  @Override
  public String defect() {
    return "rental_date is 0000-00-00 00:00:00, which is no date";
  }

  @Override
  public long customerId() {
    throw mustNotBeRead();
  }

  @Override
  public String customerName() {
    throw mustNotBeRead();
  }

  @Override
  public long filmId() {
    throw mustNotBeRead();
  }

  @Override
  public String filmTitle() {
    throw mustNotBeRead();
  }

  @Override
  public String category() {
    throw mustNotBeRead();
  }

  @Override
  public long amountCents() {
    throw mustNotBeRead();
  }

  @Override
  public LocalDateTime rentalDate() {
    throw mustNotBeRead();
  }

  @Override
  public @Nullable LocalDateTime returnDate() {
    throw mustNotBeRead();
  }

  private IllegalStateException mustNotBeRead() {
    return new IllegalStateException(
        "Of a row with a defect only the key may be read: rental " + rentalId);
  }
}
