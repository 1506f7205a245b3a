package org.etlsandbox.deltaapi.dialect;

import org.etlsandbox.deltaapi.schema.LogicalType.Decimal;
import org.etlsandbox.deltaapi.schema.UnmappableException;
import org.jspecify.annotations.Nullable;

/** What products can count. */
final class Precision {

  private Precision() {}

  /** What is lost of the fraction of a second; null where nothing is. */
  static @Nullable String loss(int digits, int kept) {
    return digits <= kept
        ? null
        : "Of %d digits of a second %d are kept, the rest is rounded.".formatted(digits, kept);
  }

  /**
   * @throws UnmappableException where the product has no decimal of so many digits
   */
  static void requireDigits(Decimal decimal, int digits, int scale, String title) {
    if (decimal.precision() > digits
        || decimal.scale() > scale
        || decimal.scale() < 0
        || decimal.scale() > decimal.precision()) {
      throw new UnmappableException(
          "%s has no %s: it takes up to %d digits, of which up to %d after the point."
              .formatted(title, decimal.describe(), digits, scale));
    }
  }

  static UnmappableException anyDecimal(String title) {
    return new UnmappableException(
        "%s needs the precision of a decimal: declare it in the source.".formatted(title));
  }
}
