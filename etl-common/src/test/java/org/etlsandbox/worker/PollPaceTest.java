package org.etlsandbox.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PollPaceTest {

  private static final Duration QUICK = Duration.ofMillis(1);
  private static final boolean MOVED = true;
  private static final boolean QUIET = false;

  @Test
  void changesHalveThePauseDownToTheShortest() {
    assertThat(pauses(pace(1_000, 200, 4_000), QUICK, MOVED, MOVED, MOVED, MOVED))
        .containsExactly(500L, 250L, 200L, 200L);
  }

  @Test
  void theFirstQuietPollBringsTheUsualPauseBackAndTheNextOnesGoBeyond() {
    assertThat(pauses(pace(1_000, 200, 1_250), QUICK, MOVED, QUIET, QUIET, QUIET, QUIET, QUIET))
        .containsExactly(500L, 1_000L, 1_100L, 1_210L, 1_250L, 1_250L);
  }

  @Test
  void aChangeAfterAQuietTimeEndsItAtOnce() {
    PollPace pace = pace(1_000, 200, 60_000);
    for (int poll = 0; poll < 100; poll++) {
      pace.next(QUIET, QUICK);
    }
    assertThat(pauses(pace, QUICK, QUIET, MOVED, MOVED)).containsExactly(60_000L, 500L, 250L);
  }

  @Test
  void aPollThatTakesLongIsNotFollowedSoonerThanThatButNoLaterThanUsual() {
    assertThat(pauses(pace(1_000, 100, 2_000), Duration.ofMillis(700), MOVED, MOVED))
        .containsExactly(700L, 700L);
    assertThat(pauses(pace(1_000, 100, 2_000), Duration.ofSeconds(30), MOVED, MOVED))
        .containsExactly(1_000L, 1_000L);
  }

  @Test
  void whatIsNotSetFollowsFromTheInterval() {
    assertThat(poll(1_000, null, null).shortest()).hasMillis(250);
    assertThat(poll(1_000, null, null).longest()).hasMillis(2_000);
    assertThat(poll(100, null, null).shortest()).hasMillis(50);
    assertThat(poll(50, null, null).shortest()).hasMillis(50);
  }

  @Test
  void limitsBeyondTheIntervalCountAsTheInterval() {
    assertThat(poll(500, 1_000L, 100L).shortest()).hasMillis(500);
    assertThat(poll(500, 1_000L, 100L).longest()).hasMillis(500);
    assertThat(pauses(pace(500, 1_000, 100), QUICK, MOVED, MOVED, QUIET, QUIET))
        .containsExactly(500L, 500L, 500L, 500L);
  }

  private static List<Long> pauses(PollPace pace, Duration took, boolean... moved) {
    List<Long> pauses = new ArrayList<>();
    for (boolean one : moved) {
      pauses.add(pace.next(one, took).toMillis());
    }
    return pauses;
  }

  private static PollPace pace(long usual, long shortest, long longest) {
    return new PollPace(poll(usual, shortest, longest));
  }

  private static EtlProperties.Poll poll(
      long usual, @Nullable Long shortest, @Nullable Long longest) {
    return new EtlProperties.Poll(
        Duration.ofMillis(usual),
        shortest == null ? null : Duration.ofMillis(shortest),
        longest == null ? null : Duration.ofMillis(longest),
        1_000,
        1_000,
        100_000,
        null,
        Duration.ofHours(1));
  }
}
