package org.etlsandbox.betaapi;

import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** The rentals in {@code (from, to]}: after {@code from}, up to and including {@code to}. */
record RentalRange(long from, long to) {

  /** Bounds the memory of an answer: a rental has few payments, a film few categories. */
  static final long WIDEST = 10_000;

  /**
   * Reads the range from request parameters.
   *
   * @throws InvalidParameterException naming the parameter that is missing, no number, or out of
   *     bounds
   */
  static RentalRange of(@Nullable String from, @Nullable String to) {
    RentalRange range =
        new RentalRange(
            ParameterValue.id("from", from, "rental"), ParameterValue.id("to", to, "rental"));
    if (range.to <= range.from) {
      throw new InvalidParameterException(
          "to",
          to,
          "be greater than 'from' (%d), the range being (from, to]".formatted(range.from));
    }
    if (range.to - range.from > WIDEST) {
      throw new InvalidParameterException(
          "to",
          to,
          "be at most %d, because a range spans at most %d rentals"
              .formatted(range.from + WIDEST, WIDEST));
    }
    return range;
  }
}
