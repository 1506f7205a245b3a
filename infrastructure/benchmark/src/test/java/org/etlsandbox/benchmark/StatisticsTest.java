package org.etlsandbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void theMedianIsTheMiddleOrBetweenTheTwoInTheMiddle() {
    assertThat(Statistics.median(List.of())).isNaN();
    assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Statistics.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
  }

  @Test
  void aPercentileIsTheValueThatSoManyDoNotExceed() {
    List<Double> hundred = IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();
    assertThat(Statistics.percentile(hundred, 99)).isEqualTo(99);
    assertThat(Statistics.percentile(hundred, 50)).isEqualTo(50);
    assertThat(Statistics.percentile(List.of(3.0, 1.0, 2.0), 99)).isEqualTo(3);
    assertThat(Statistics.percentile(List.of(3.0, 1.0, 2.0), 50)).isEqualTo(2);
    assertThat(Statistics.percentile(List.of(), 99)).isNaN();
  }

  @Test
  void ofNothingThereIsNeitherLeastNorMost() {
    assertThat(Statistics.min(List.of())).isNaN();
    assertThat(Statistics.max(List.of())).isNaN();
    assertThat(Statistics.min(List.of(2.0, 1.0))).isEqualTo(1);
    assertThat(Statistics.max(List.of(2.0, 3.0))).isEqualTo(3);
  }
}
