package org.etlsandbox.benchmark.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PollMeterTest {

  private static final List<String> LINES =
      List.of(
          "# TYPE etl_poll_seconds summary",
          "etl_poll_seconds_count{moved=\"false\",service=\"beta-worker\"} 40",
          "etl_poll_seconds_sum{moved=\"false\",service=\"beta-worker\"} 0.25",
          "etl_poll_seconds_count{moved=\"true\",service=\"beta-worker\"} 7",
          "etl_poll_seconds_sum{moved=\"true\",service=\"beta-worker\"} 3.5",
          "etl_poll_seconds_max{moved=\"false\",service=\"beta-worker\"} 0.01");

  @Test
  void onlyPollsThatFoundNothingCount() {
    assertThat(PollMeter.parse(LINES)).isEqualTo(new PollMeter(40, 0.25));
  }

  @Test
  void beforeTheFirstPollThereAreNone() {
    assertThat(PollMeter.parse(List.of("etl_rows{service=\"beta-worker\"} 5")))
        .isEqualTo(new PollMeter(0, 0));
  }

  @Test
  void whatHappenedBetweenTwoLooksIsTheDifference() {
    assertThat(new PollMeter(40, 0.25).minus(new PollMeter(30, 0.125)))
        .isEqualTo(new PollMeter(10, 0.125));
  }
}
