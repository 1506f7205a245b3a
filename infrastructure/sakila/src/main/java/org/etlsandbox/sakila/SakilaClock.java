package org.etlsandbox.sakila;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The fixed times of the seed data, all in the past, as texts: a text reaches a DATETIME unchanged
 * whatever the zones of JVM, driver and server are.
 */
final class SakilaClock {

  /** The one {@code last_update} that 60 % of the rows of every table share, as in real Sakila. */
  static final String SHARED_LAST_UPDATE = "2006-02-15 05:02:19";

  static final int SHARED_PERCENT = 60;

  /** When the first rental went out. */
  private static final long OPENING = epochSecond("2005-05-24T22:53:30");

  /** After this nothing was rented or changed any more. */
  private static final long CLOSING = epochSecond("2025-06-30T21:00:00");

  // Wall clock times that do not exist, or exist twice, in some zones (the first two in
  // America/Bahia_Banderas), and other days at which date arithmetic stumbles.
  private static final List<LocalDateTime> AWKWARD =
      List.of(
          LocalDateTime.parse("2010-04-04T02:30:00"),
          LocalDateTime.parse("2012-10-28T01:30:00"),
          LocalDateTime.parse("2016-02-29T23:59:59"),
          LocalDateTime.parse("2021-03-28T02:30:00"),
          LocalDateTime.parse("2025-03-30T01:30:00"));

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private SakilaClock() {}

  /**
   * Strictly later than that of the rental before, so that (rental_date, inventory, customer) is
   * unique by itself.
   */
  static LocalDateTime rented(long index, long rentals, Draw draw) {
    long step = (CLOSING - OPENING) / rentals;
    return at(OPENING + index * step + draw.below(step));
  }

  /** An awkward time after {@code rented}, or just some days later. */
  static LocalDateTime returned(LocalDateTime rented, Draw draw) {
    if (draw.chance(20)) {
      for (LocalDateTime awkward : AWKWARD) {
        if (awkward.isAfter(rented)) {
          return awkward;
        }
      }
    }
    return later(rented, draw);
  }

  /** Up to ten days later. */
  static LocalDateTime later(LocalDateTime start, Draw draw) {
    return start.plusSeconds(3600 + draw.below(10 * 86_400));
  }

  static String lastUpdate(boolean shared, Draw draw) {
    return shared ? SHARED_LAST_UPDATE : text(at(OPENING + draw.below(CLOSING - OPENING)));
  }

  static String text(LocalDateTime time) {
    return FORMAT.format(time);
  }

  private static LocalDateTime at(long epochSecond) {
    return LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
  }

  private static long epochSecond(String time) {
    return LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC);
  }
}
