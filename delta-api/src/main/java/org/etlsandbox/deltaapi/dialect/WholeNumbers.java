package org.etlsandbox.deltaapi.dialect;

import org.etlsandbox.deltaapi.schema.LogicalType.Whole;

/** What whole numbers need where there are no unsigned ones, or none of that size. */
final class WholeNumbers {

  private WholeNumbers() {}

  /** Bits of the smallest signed type that takes them all. */
  static int signedBits(Whole whole) {
    return whole.unsigned() ? whole.bits() + 1 : whole.bits();
  }

  /** Decimal digits of the one with the most. */
  static int digits(Whole whole) {
    return switch (whole.bits()) {
      case 64 -> whole.unsigned() ? 20 : 19;
      case 128 -> 39;
      case 256 -> whole.unsigned() ? 78 : 77;
      default -> throw new IllegalArgumentException(whole.describe());
    };
  }

  static String reasoning(Whole whole, String title) {
    return whole.unsigned()
        ? "%s has no unsigned type of this size: the next one that takes all values."
            .formatted(title)
        : "The smallest one that takes all values.";
  }
}
