package org.etlsandbox.jupiter;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
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

  /** Days that a month has in every year, by its number. */
  private static final int[] DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

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

  /** The same, of a column of plain rows. */
  static long cents(PlainRows row, int column) throws DefectException {
    byte[] bytes = row.bytes();
    int from = row.from(column);
    int length = row.length(column);
    if (!isPlainAmount(bytes, from, length)) {
      return cents(row.text(column));
    }
    long cents = 0;
    for (int i = from; i < from + length; i++) {
      if (bytes[i] >= '0') {
        cents = cents * 10 + bytes[i] - '0';
      }
    }
    return bytes[from] == '-' ? -cents : cents;
  }

  /** Up to eight digits, a point, two digits: what DECIMAL(10,2) and narrower ones look like. */
  private static boolean isPlainAmount(byte[] bytes, int from, int length) {
    int first = length > 0 && bytes[from] == '-' ? from + 1 : from;
    int point = from + length - 3;
    if (point <= first || point - first > 8 || bytes[point] != '.') {
      return false;
    }
    for (int i = first; i < from + length; i++) {
      if (i != point && !isDigit(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  /** Seconds since 1970-01-01 00:00, wall clock. */
  static long rentalSecond(PlainRows row, int column) throws DefectException {
    return isPlainMoment(row.bytes(), row.from(column), row.length(column))
        ? second(row.bytes(), row.from(column))
        : rentalDate(row.text(column)).toEpochSecond(ZoneOffset.UTC);
  }

  /** Seconds since 1970-01-01 00:00, wall clock; {@link FlatRow#NOT_RETURNED} for NULL. */
  static long returnSecond(PlainRows row, int column) throws DefectException {
    if (isPlainMoment(row.bytes(), row.from(column), row.length(column))) {
      return second(row.bytes(), row.from(column));
    }
    LocalDateTime moment = returnDate(row.text(column));
    return moment == null ? FlatRow.NOT_RETURNED : moment.toEpochSecond(ZoneOffset.UTC);
  }

  /**
   * {@code 2005-05-24 22:53:30}, with a day that its month has in every year; the rest goes the
   * long way.
   */
  private static boolean isPlainMoment(byte[] bytes, int from, int length) {
    if (length != MOMENT.length()) {
      return false;
    }
    for (int i = 0; i < MOMENT.length(); i++) {
      char expected = MOMENT.charAt(i);
      byte actual = bytes[from + i];
      if (expected == '0' ? !isDigit(actual) : actual != expected) {
        return false;
      }
    }
    int month = twoDigits(bytes, from + 5);
    int day = twoDigits(bytes, from + 8);
    return year(bytes, from) >= 1
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= DAYS[month]
        && twoDigits(bytes, from + 11) <= 23
        && twoDigits(bytes, from + 14) <= 59
        && twoDigits(bytes, from + 17) <= 59;
  }

  private static long second(byte[] bytes, int from) {
    return epochDay(year(bytes, from), twoDigits(bytes, from + 5), twoDigits(bytes, from + 8))
            * 86_400
        + twoDigits(bytes, from + 11) * 3_600
        + twoDigits(bytes, from + 14) * 60
        + twoDigits(bytes, from + 17);
  }

  /**
   * Days since 1970-01-01, for years from 1 on.
   *
   * @see <a href="https://howardhinnant.github.io/date_algorithms.html#days_from_civil">Howard
   *     Hinnant's days_from_civil</a>
   */
  private static long epochDay(int year, int month, int day) {
    int years = month <= 2 ? year - 1 : year; // a year ends with February
    int era = years / 400;
    int yearOfEra = years - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int year(byte[] bytes, int from) {
    return twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2);
  }

  private static int twoDigits(byte[] bytes, int at) {
    return (bytes[at] - '0') * 10 + bytes[at + 1] - '0';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
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
