package org.etlsandbox.sqlserver;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A column's moments as {@code yyyy-MM-ddTHH:mm:ss}. Many rows share a day, so that is worked out
 * once; for one thread.
 */
final class MomentText {

  private static final int LENGTH = 19;
  private static final int SECONDS_A_DAY = 24 * 60 * 60;

  // datetime2 has the years 1 to 9999
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private final char[] text = "0000-00-00T00:00:00".toCharArray();
  private long day = Long.MIN_VALUE;

  /**
   * Null where datetime2 does not have it.
   *
   * @param second since 1970-01-01 00:00 of the same wall clock
   */
  @Nullable String of(long second) {
    long ofDay = Math.floorDiv(second, SECONDS_A_DAY);
    if (ofDay < FIRST_DAY || ofDay > LAST_DAY) {
      return null;
    }
    if (ofDay != day) {
      LocalDate date = LocalDate.ofEpochDay(ofDay);
      put(0, date.getYear() / 100);
      put(2, date.getYear() % 100);
      put(5, date.getMonthValue());
      put(8, date.getDayOfMonth());
      day = ofDay;
    }
    int rest = Math.floorMod(second, SECONDS_A_DAY);
    put(11, rest / 3600);
    put(14, rest / 60 % 60);
    put(17, rest % 60);
    return new String(text, 0, LENGTH);
  }

  private void put(int at, int twoDigits) {
    text[at] = (char) ('0' + twoDigits / 10);
    text[at + 1] = (char) ('0' + twoDigits % 10);
  }
}
