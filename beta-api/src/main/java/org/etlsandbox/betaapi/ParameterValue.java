package org.etlsandbox.betaapi;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Pattern;
import org.etlsandbox.service.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of request parameters, strictly: what is not exactly of the form is refused. Those
 * that take null give null for a parameter that is missing.
 */
final class ParameterValue {

  /** Eighteen digits always fit a long, and the type of the columns. */
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  /** As many digits as DECIMAL(10, 2) has. */
  private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,8}(\\.[0-9]{1,2})?");

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern DATE_TIME =
      Pattern.compile(DATE.pattern() + "T[0-9]{2}:[0-9]{2}(:[0-9]{2})?");

  /** More characters than any name, title or category has. */
  private static final int LONGEST_TEXT = 255;

  private ParameterValue() {}

  /**
   * @param kind of the id, for the message: {@code rental}
   */
  static long id(String parameter, @Nullable String value, String kind) {
    if (value == null || !ID.matcher(value).matches()) {
      throw new InvalidParameterException(
          parameter,
          value,
          "be a %s id (a whole number from 0 on, at most 18 digits)".formatted(kind));
    }
    return Long.parseLong(value);
  }

  static @Nullable Long optionalId(String parameter, @Nullable String value, String kind) {
    return value == null ? null : id(parameter, value, kind);
  }

  static @Nullable BigDecimal amount(String parameter, @Nullable String value) {
    if (value == null) {
      return null;
    }
    if (!AMOUNT.matcher(value).matches()) {
      throw new InvalidParameterException(
          parameter, value, "be an amount (up to 8 digits, a point and up to 2 digits: 2.99)");
    }
    return new BigDecimal(value).setScale(2);
  }

  static @Nullable LocalDateTime dateTime(String parameter, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      // Year 0 is beyond what destinations can compare with
      if (!value.startsWith("0000")) {
        if (DATE.matcher(value).matches()) {
          return LocalDate.parse(value).atStartOfDay();
        }
        if (DATE_TIME.matcher(value).matches()) {
          return LocalDateTime.parse(value);
        }
      }
    } catch (DateTimeException e) {
      // There is no such day or hour: refused below
    }
    throw new InvalidParameterException(
        parameter,
        value,
        "be a date or date and time without a zone (2005-05-24 or 2005-05-24T22:53:30)");
  }

  static @Nullable Boolean flag(String parameter, @Nullable String value) {
    if (value == null) {
      return null;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidParameterException(parameter, value, "be true or false");
    };
  }

  static @Nullable String text(String parameter, @Nullable String value) {
    if (value == null) {
      return null;
    }
    // PostgreSQL has no U+0000 in text, and refuses to look for it
    if (value.isEmpty() || value.length() > LONGEST_TEXT || value.indexOf('\0') >= 0) {
      throw new InvalidParameterException(
          parameter,
          value.replace('\0', '\uFFFD'),
          "be a text of 1 to %d characters without U+0000".formatted(LONGEST_TEXT));
    }
    return value;
  }

  /**
   * @param most what {@code value} may be at most; it is at least 1
   * @param otherwise what it is where it is missing
   */
  static int count(String parameter, @Nullable String value, int most, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (ID.matcher(value).matches()) {
      long number = Long.parseLong(value);
      if (number >= 1 && number <= most) {
        return (int) number;
      }
    }
    throw new InvalidParameterException(
        parameter, value, "be a whole number from 1 to %d".formatted(most));
  }
}
