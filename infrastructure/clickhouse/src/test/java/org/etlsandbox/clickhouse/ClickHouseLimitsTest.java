package org.etlsandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClickHouseLimitsTest {

  private static final LocalDateTime DAY = LocalDateTime.of(2005, 5, 24, 22, 53, 30);

  @Test
  void holdsWhatTheColumnsHold() {
    assertThat(refusal(0xFFFF_FFFFL, "\0 é 😀 '", 9_999_999_999L, DAY, null)).isNull();
    assertThat(refusal(0, "", -9_999_999_999L, ClickHouseLimits.EARLIEST, DAY)).isNull();
    assertThat(refusal(1, "x", 0, ClickHouseLimits.LATEST, ClickHouseLimits.LATEST)).isNull();
  }

  @Test
  void refusesWithTheColumnAndTheValue() {
    assertThat(refusal(0x1_0000_0000L, "x", 0, DAY, null)).contains("rental_id 4294967296");
    assertThat(refusal(-1, "x", 0, DAY, null)).contains("rental_id -1");
    assertThat(refusal(1, "x", 10_000_000_000L, DAY, null)).contains("amount of 10000000000");
    assertThat(refusal(1, "x", 0, ClickHouseLimits.EARLIEST.minusSeconds(1), null))
        .contains("rental_date 1899-12-31T23:59:59");
    assertThat(refusal(1, "x", 0, DAY, ClickHouseLimits.LATEST.plusSeconds(1)))
        .contains("return_date 2300-01-01T00:00");
    assertThat(refusal(1, "x", 0, DAY.plusNanos(1), null)).contains("fraction of a second");
    assertThat(refusal(1, "a\uD83D", 0, DAY, null)).contains("customer_name", "U+D83D", "1");
    assertThat(refusal(1, "\uDE00a", 0, DAY, null)).contains("U+DE00");
  }

  private static @Nullable String refusal(
      long rentalId,
      String name,
      long cents,
      LocalDateTime rentalDate,
      @Nullable LocalDateTime returnDate) {
    return ClickHouseLimits.refusal(
        new CustomerOrderFlat(rentalId, 1, 1, 1, name, 1, "T", "C", cents, rentalDate, returnDate));
  }
}
