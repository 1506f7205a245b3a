package org.etlsandbox.deltaapi.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etlsandbox.deltaapi.schema.LogicalType.AnyDecimal;
import org.etlsandbox.deltaapi.schema.LogicalType.Binary;
import org.etlsandbox.deltaapi.schema.LogicalType.Bits;
import org.etlsandbox.deltaapi.schema.LogicalType.Bool;
import org.etlsandbox.deltaapi.schema.LogicalType.Choice;
import org.etlsandbox.deltaapi.schema.LogicalType.Date;
import org.etlsandbox.deltaapi.schema.LogicalType.Decimal;
import org.etlsandbox.deltaapi.schema.LogicalType.ElapsedTime;
import org.etlsandbox.deltaapi.schema.LogicalType.Enumeration;
import org.etlsandbox.deltaapi.schema.LogicalType.FixedBinary;
import org.etlsandbox.deltaapi.schema.LogicalType.FixedText;
import org.etlsandbox.deltaapi.schema.LogicalType.Floating;
import org.etlsandbox.deltaapi.schema.LogicalType.Instant;
import org.etlsandbox.deltaapi.schema.LogicalType.Json;
import org.etlsandbox.deltaapi.schema.LogicalType.LongBinary;
import org.etlsandbox.deltaapi.schema.LogicalType.LongText;
import org.etlsandbox.deltaapi.schema.LogicalType.Text;
import org.etlsandbox.deltaapi.schema.LogicalType.TimeOfDay;
import org.etlsandbox.deltaapi.schema.LogicalType.Uuid;
import org.etlsandbox.deltaapi.schema.LogicalType.WallClock;
import org.etlsandbox.deltaapi.schema.LogicalType.Whole;
import org.etlsandbox.deltaapi.schema.LogicalType.Year;
import org.jspecify.annotations.Nullable;

/** The one way in which constants are written here, so that equal ones are equal texts. */
public final class Literals {

  private static final Pattern CLOCK =
      Pattern.compile("(-?)(\\d{1,3}):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?");
  private static final Pattern UTC = Pattern.compile("(?:\\+00(?::?00)?|Z)$");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private Literals() {}

  /**
   * Normalises what a product says of a constant, without its quotes; null where it is no constant
   * of this type that every product could take: zero dates, bytes, a number with more digits.
   */
  public static @Nullable String canonical(LogicalType type, String raw) {
    try {
      return switch (type) {
        case Bool() -> bool(raw.strip());
        case Whole whole -> new BigDecimal(raw.strip()).toBigIntegerExact().toString();
        case Decimal decimal ->
            new BigDecimal(raw.strip())
                .setScale(decimal.scale(), RoundingMode.UNNECESSARY)
                .toPlainString();
        case AnyDecimal() -> new BigDecimal(raw.strip()).toPlainString();
        case Floating _ -> plain(new BigDecimal(raw.strip()));
        case Bits bits -> bits(raw.strip(), bits.length());
        case Year() -> Integer.toString(Integer.parseInt(raw.strip()));
        case Date() -> LocalDate.parse(raw.strip()).toString();
        case WallClock clock -> moment(raw.strip(), clock.precision());
        case Instant instant ->
            moment(UTC.matcher(raw.strip()).replaceFirst(""), instant.precision());
        case TimeOfDay time -> timeOfDay(clock(raw.strip(), time.precision()));
        case ElapsedTime time -> clock(raw.strip(), time.precision());
        case Enumeration enumeration -> enumeration.values().contains(raw) ? raw : null;
        case Uuid() -> UUID.fromString(raw.strip()).toString();
        case Text _ -> raw;
        case FixedText _ -> raw;
        case LongText _ -> raw;
        case Choice _ -> raw;
        case Json _, Binary _, FixedBinary _, LongBinary _ -> null;
      };
    } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String bool(String raw) {
    return switch (raw) {
      case "1", "true" -> "true";
      case "0", "false" -> "false";
      default -> null;
    };
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static @Nullable String bits(String raw, int length) {
    String digits = new BigInteger(raw, 2).toString(2);
    return digits.length() > length ? null : "0".repeat(length - digits.length()) + digits;
  }

  private static @Nullable String moment(String raw, int precision) {
    LocalDateTime moment =
        LocalDateTime.parse(raw.length() == 10 ? raw + "T00:00:00" : raw.replace(' ', 'T'));
    String fraction = fraction("%09d".formatted(moment.getNano()), precision);
    return fraction == null ? null : SECONDS.format(moment) + fraction;
  }

  /** Null for what is no time of a day. */
  private static @Nullable String timeOfDay(@Nullable String clock) {
    return clock == null
            || clock.startsWith("-")
            || clock.substring(0, 2).compareTo("24") >= 0
            || clock.charAt(2) != ':'
        ? null
        : clock;
  }

  private static @Nullable String clock(String raw, int precision) {
    Matcher parts = CLOCK.matcher(raw);
    if (!parts.matches()) {
      return null;
    }
    String digits = parts.group(5) == null ? "" : parts.group(5);
    String fraction = fraction(digits + "0".repeat(9 - digits.length()), precision);
    return fraction == null
        ? null
        : parts.group(1)
            + "%02d:%s:%s"
                .formatted(Integer.parseInt(parts.group(2)), parts.group(3), parts.group(4))
            + fraction;
  }

  /** Null where digits that count would be lost. */
  private static @Nullable String fraction(String nineDigits, int precision) {
    if (!nineDigits.substring(precision).chars().allMatch(digit -> digit == '0')) {
      return null;
    }
    return precision == 0 ? "" : "." + nineDigits.substring(0, precision);
  }
}
