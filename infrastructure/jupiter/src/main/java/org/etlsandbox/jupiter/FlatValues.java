package org.etlsandbox.jupiter;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.jspecify.annotations.Nullable;

/** The server's texts as the values of a flat, exactly or not at all. */
final class FlatValues {

  // Strict: the default style would take the 31st of February for the 28th
  private static final DateTimeFormatter WALL_CLOCK =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** What a decoder puts for bytes that it cannot read; a text may also have it by itself. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final String MOMENT = "0000-00-00 00:00:00";

  private FlatValues() {}

  /**
   * A text, which must not be NULL.
   *
   * @param column its name, for the reason
   */
  // MariaDB takes halves of surrogate pairs for characters; Java reads each as U+FFFD
  static String text(ResultSet row, int at, String column) throws SQLException, DefectException {
    String text = present(row.getString(at), column);
    if (text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), row.getBytes(at))) {
      throw new DefectException(column + " has bytes that are no UTF-8: half a surrogate pair");
    }
    return text;
  }

  /** A payment's amount in hundredths. */
  static long cents(@Nullable String text) throws DefectException {
    String amount = present(text, "payment.amount");
    try {
      long cents = new BigDecimal(amount).movePointRight(2).longValueExact();
      if (Math.abs(cents) <= CustomerOrderFlat.MAX_AMOUNT_CENTS) {
        return cents;
      }
    } catch (ArithmeticException e) {
      // falls through: the value has a fraction of a cent, or is too large for a long
    }
    throw new DefectException("payment.amount " + amount + " does not fit DECIMAL(10,2)");
  }

  /** The same, for the server's ASCII text of a number. */
  static long cents(byte @Nullable [] text) throws DefectException {
    if (text == null || !isPlainAmount(text)) {
      return cents(string(text));
    }
    long cents = 0;
    for (byte b : text) {
      if (b >= '0') {
        cents = cents * 10 + b - '0';
      }
    }
    return text[0] == '-' ? -cents : cents;
  }

  /** Up to eight digits, a point, two digits: what DECIMAL(10,2) and narrower ones look like. */
  private static boolean isPlainAmount(byte[] text) {
    int first = text.length > 0 && text[0] == '-' ? 1 : 0;
    int point = text.length - 3;
    if (point <= first || point - first > 8 || text[point] != '.') {
      return false;
    }
    for (int i = first; i < text.length; i++) {
      if (i != point && !isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Seconds since 1970-01-01 00:00, wall clock. */
  static long rentalSecond(byte @Nullable [] text) throws DefectException {
    return text != null && isPlainMoment(text)
        ? second(text)
        : rentalDate(string(text)).toEpochSecond(ZoneOffset.UTC);
  }

  /** Seconds since 1970-01-01 00:00, wall clock; {@code none} for NULL. */
  static long returnSecond(byte @Nullable [] text, long none) throws DefectException {
    if (text != null && isPlainMoment(text)) {
      return second(text);
    }
    LocalDateTime moment = returnDate(string(text));
    return moment == null ? none : moment.toEpochSecond(ZoneOffset.UTC);
  }

  /** {@code 2005-05-24 22:53:30}, with a day that every month has; the rest goes the long way. */
  private static boolean isPlainMoment(byte[] text) {
    if (text.length != MOMENT.length()) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      char expected = MOMENT.charAt(i);
      if (expected == '0' ? !isDigit(text[i]) : text[i] != expected) {
        return false;
      }
    }
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    return number(text, 0, 4) >= 1
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= 28
        && number(text, 11, 2) <= 23
        && number(text, 14, 2) <= 59
        && number(text, 17, 2) <= 59;
  }

  private static long second(byte[] text) {
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2)).toEpochDay();
    return day * 86_400
        + number(text, 11, 2) * 3_600
        + number(text, 14, 2) * 60
        + number(text, 17, 2);
  }

  private static int number(byte[] text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      number = number * 10 + text[i] - '0';
    }
    return number;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static @Nullable String string(byte @Nullable [] text) {
    return text == null ? null : new String(text, StandardCharsets.UTF_8);
  }

  static LocalDateTime rentalDate(@Nullable String text) throws DefectException {
    String column = "rental.rental_date";
    return wallClock(present(text, column), column);
  }

  static @Nullable LocalDateTime returnDate(@Nullable String text) throws DefectException {
    return text == null ? null : wallClock(text, "rental.return_date");
  }

  private static String present(@Nullable String value, String column) throws DefectException {
    if (value == null) {
      throw new DefectException(column + " is NULL");
    }
    return value;
  }

  private static LocalDateTime wallClock(String text, String column) throws DefectException {
    try {
      LocalDateTime moment = LocalDateTime.parse(text, WALL_CLOCK);
      if (moment.getYear() < 1) {
        throw new DefectException(column + " " + text + " is no date");
      }
      if (moment.getNano() != 0) {
        throw new DefectException(column + " " + text + " has a fraction of a second");
      }
      return moment;
    } catch (DateTimeException e) {
      throw new DefectException(column + " " + text + " is no date");
    }
  }

  /** Why a value cannot be copied exactly. */
  static final class DefectException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    DefectException(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }
}
