package org.etlsandbox.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.etlsandbox.failure.StoreException;
import org.junit.jupiter.api.Test;

class ReadRateTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long start = System.nanoTime();
  private final ReadRate rate = new ReadRate(1_000);

  @Test
  void aSecondsWorthIsReadAtOnceAndWhatIsMoreIsWaitedFor() {
    assertThat(rate.waitFor(400, later(1))).isZero();
    assertThat(rate.waitFor(600, later(1))).isZero();
    assertThat(rate.waitFor(500, later(1))).isEqualTo(SECOND / 2);
    assertThat(rate.waitFor(500, later(1))).isEqualTo(SECOND);
  }

  @Test
  void whoWaitsAsToldReadsSoManyASecondOnAverage() {
    long now = later(1);
    long began = now;
    for (int page = 0; page < 100; page++) {
      now += rate.waitFor(300, now);
    }
    assertThat(now - began).isEqualTo(29 * SECOND); // 30,000 rows, less the second in advance
  }

  @Test
  void aRestIsNotSavedUp() {
    assertThat(rate.waitFor(1_000, later(1))).isZero();
    assertThat(rate.waitFor(1_000, later(3_600))).isZero();
    assertThat(rate.waitFor(1_000, later(3_600))).isEqualTo(SECOND);
  }

  @Test
  void withoutALimitNobodyWaits() {
    Thread.currentThread().interrupt();
    ReadRate.unlimited().rowsRead(Long.MAX_VALUE);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whoIsInterruptedWhileWaitingStops() {
    Thread.currentThread().interrupt();
    rate.rowsRead(10);
    assertThat(Thread.interrupted()).as("there was nothing to wait for").isTrue();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> rate.rowsRead(1_000_000)).isInstanceOf(StoreException.class);
    assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
  }

  private long later(long seconds) {
    return start + seconds * SECOND;
  }
}
