package org.etlsandbox.betaapi;

import java.util.regex.Pattern;
import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** The rentals in {@code (from, to]}: after {@code from}, up to and including {@code to}. */
record RentalRange(long from, long to) {

  /** Bounds the memory of an answer: a rental has few payments, a film few categories. */
  static final long WIDEST = 10_000;

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  /**
   * Reads the range from request parameters.
   *
   * @throws InvalidParameterException naming the parameter that is missing, no number, or out of
   *     bounds
   */
  static RentalRange of(@Nullable String from, @Nullable String to) {
    RentalRange range = new RentalRange(id("from", from), id("to", to));
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

  private static long id(String parameter, @Nullable String value) {
    if (value == null || !DIGITS.matcher(value).matches()) {
      throw new InvalidParameterException(
          parameter, value, "be a rental id (a whole number from 0 on, at most 18 digits)");
    }
    return Long.parseLong(value);
  }
}
