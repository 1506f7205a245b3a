package org.etlsandbox.flat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code CustomerOrderFlat}, to be read before the next one is asked for.
 *
 * <p>An implementation may be a flyweight over a buffer: whoever keeps a row beyond the next call
 * of {@link FlatStream#next()} copies it with {@link CustomerOrderFlat#copyOf}. Identifiers are
 * unsigned in Jupiter and at most 2^32 - 1, hence {@code long}.
 */
public interface FlatRow {

  /** What {@link #returnSecond()} says while the film is out. */
  long NOT_RETURNED = Long.MIN_VALUE;

  long rentalId();

  long paymentId();

  long categoryId();

  long customerId();

  /** First name, one blank, last name. */
  String customerName();

  long filmId();

  String filmTitle();

  String category();

  /**
   * The amount in hundredths: the unscaled value of a DECIMAL(10,2), -9,999,999,999 to
   * 9,999,999,999.
   */
  long amountCents();

  /** Wall clock in whole seconds, never shifted by a time zone. */
  LocalDateTime rentalDate();

  /** Wall clock in whole seconds; null while the film is out. */
  @Nullable LocalDateTime returnDate();

  /** {@link #customerName()}, prepared for writers. */
  default FlatText customerNameText() {
    return FlatText.of(customerName());
  }

  /** {@link #filmTitle()}, prepared for writers. */
  default FlatText filmTitleText() {
    return FlatText.of(filmTitle());
  }

  /** {@link #category()}, prepared for writers. */
  default FlatText categoryText() {
    return FlatText.of(category());
  }

  /**
   * {@link #rentalDate()} in seconds since 1970-01-01 00:00 of the same wall clock, without an
   * object for each row.
   *
   * @throws StoreException of kind {@code DATA} where the date has a fraction of a second
   */
  default long rentalSecond() {
    return wholeSecond(rentalDate());
  }

  /** The same of {@link #returnDate()}; {@link #NOT_RETURNED} while the film is out. */
  default long returnSecond() {
    LocalDateTime returned = returnDate();
    return returned == null ? NOT_RETURNED : wholeSecond(returned);
  }

  private long wholeSecond(LocalDateTime moment) {
    if (moment.getNano() != 0) {
      throw new StoreException(
          Kind.DATA,
          "Rental %d, payment %d has a moment with a fraction of a second, %s: a flat has none."
              .formatted(rentalId(), paymentId(), moment));
    }
    return moment.toEpochSecond(ZoneOffset.UTC);
  }

  /**
   * Why this row cannot be copied exactly, or null for a sound row. Of a defective row only the key
   * and this reason may be read; its whole rental is quarantined.
   */
  default @Nullable String defect() {
    return null;
  }
}
