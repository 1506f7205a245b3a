package org.etlsandbox.clickhouse;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatText;
import org.jspecify.annotations.Nullable;

/** What the columns of {@code customer_order_flat} cannot hold exactly. */
final class ClickHouseLimits {

  // UInt32
  private static final long MAX_ID = 0xFFFF_FFFFL;
  // What the vendor promises for DateTime64, although 26.7 keeps one second more at either end
  // https://clickhouse.com/docs/sql-reference/data-types/datetime64
  static final LocalDateTime EARLIEST = LocalDateTime.of(1900, 1, 1, 0, 0, 0);
  static final LocalDateTime LATEST = LocalDateTime.of(2299, 12, 31, 23, 59, 59);

  private static final long EARLIEST_SECOND = EARLIEST.toEpochSecond(ZoneOffset.UTC);
  private static final long LATEST_SECOND = LATEST.toEpochSecond(ZoneOffset.UTC);

  private ClickHouseLimits() {}

  static @Nullable String refusal(FlatRow row) {
    try {
      return refusalOfValues(row);
    } catch (StoreException e) {
      return e.getMessage(); // a fraction of a second
    }
  }

  private static @Nullable String refusalOfValues(FlatRow row) {
    String reason = id("rental_id", row.rentalId());
    reason = reason != null ? reason : id("payment_id", row.paymentId());
    reason = reason != null ? reason : id("category_id", row.categoryId());
    reason = reason != null ? reason : id("customer_id", row.customerId());
    reason = reason != null ? reason : id("film_id", row.filmId());
    reason = reason != null ? reason : text("customer_name", row.customerNameText());
    reason = reason != null ? reason : text("film_title", row.filmTitleText());
    reason = reason != null ? reason : text("category", row.categoryText());
    reason = reason != null ? reason : amount(row.amountCents());
    reason = reason != null ? reason : date("rental_date", row.rentalSecond());
    return reason != null ? reason : date("return_date", row.returnSecond());
  }

  static boolean holdsId(long id) {
    return 0 <= id && id <= MAX_ID;
  }

  private static @Nullable String id(String column, long value) {
    return holdsId(value)
        ? null
        : "%s %d does not fit UInt32 (0 to %d)".formatted(column, value, MAX_ID);
  }

  private static @Nullable String amount(long cents) {
    return Math.abs(cents) <= CustomerOrderFlat.MAX_AMOUNT_CENTS
        ? null
        : "amount of %d cents does not fit Decimal(10, 2)".formatted(cents);
  }

  private static @Nullable String date(String column, long second) {
    if (EARLIEST_SECOND <= second && second <= LATEST_SECOND || second == FlatRow.NOT_RETURNED) {
      return null;
    }
    return "%s %s is outside of what DateTime64 holds (%s to %s)"
        .formatted(
            column, LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC), EARLIEST, LATEST);
  }

  /** UTF-8 has no form for half of a surrogate pair: it would be stored as a question mark. */
  private static @Nullable String text(String column, FlatText text) {
    // A NUL may stand before it, which a String holds
    return text.flaw() == null ? null : halfPair(column, text.toString());
  }

  private static @Nullable String halfPair(String column, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!pair) {
          return "%s has half of a surrogate pair (U+%04X) at position %d"
              .formatted(column, (int) c, i);
        }
        i++;
      }
    }
    return null;
  }
}
