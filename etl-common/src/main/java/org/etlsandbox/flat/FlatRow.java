package org.etlsandbox.flat;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code CustomerOrderFlat}, to be read before the next one is asked for.
 *
 * <p>An implementation may be a flyweight over a buffer: whoever keeps a row beyond the next call
 * of {@link FlatStream#next()} copies it with {@link CustomerOrderFlat#copyOf}. Identifiers are
 * unsigned in Jupiter and at most 2^32 - 1, hence {@code long}.
 */
public interface FlatRow {

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

  /**
   * Why this row cannot be copied exactly, or null for a sound row. Of a defective row only the key
   * and this reason may be read; its whole rental is quarantined.
   */
  default @Nullable String defect() {
    return null;
  }
}
