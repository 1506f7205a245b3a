package org.etlsandbox.jupiter;

import java.time.LocalDateTime;
import org.etlsandbox.flat.FlatRow;
import org.jspecify.annotations.Nullable;

/** A row that cannot be copied exactly: its key and the reason, nothing else. */
record DefectiveRow(long rentalId, long paymentId, long categoryId, String defect)
    implements FlatRow {

  @Override
  public long customerId() {
    throw unreadable();
  }

  @Override
  public String customerName() {
    throw unreadable();
  }

  @Override
  public long filmId() {
    throw unreadable();
  }

  @Override
  public String filmTitle() {
    throw unreadable();
  }

  @Override
  public String category() {
    throw unreadable();
  }

  @Override
  public long amountCents() {
    throw unreadable();
  }

  @Override
  public LocalDateTime rentalDate() {
    throw unreadable();
  }

  @Override
  public @Nullable LocalDateTime returnDate() {
    throw unreadable();
  }

  private IllegalStateException unreadable() {
    return new IllegalStateException("Rental " + rentalId + " is defective: " + defect);
  }
}
