package org.etlsandbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.etlsandbox.benchmark.arena.Lap;
import org.junit.jupiter.api.Test;

class StandingsTest {

  private final Standings standings = new Standings();

  @Test
  void theTableHasMediansAndCpuByRows() {
    assertThat(standings.median("ours")).isNaN();
    for (double seconds : new double[] {9, 1, 2}) {
      standings.add(contestant("ours"), lap(seconds, 500_000, "a"));
    }
    assertThat(standings.table().published())
        .containsExactly(
            Map.of(
                "what", "ours",
                "medianSeconds", 2.0,
                "minSeconds", 1.0,
                "maxSeconds", 9.0,
                "sourceCpuPerMillionRows", 2.0));
  }

  @Test
  void tablesThatAreNotTheSameAreNamed() {
    standings.add(contestant("pipe"), lap(1, 5, "a"));
    standings.add(contestant("ours"), lap(1, 5, "a"));
    assertThat(standings.differences()).isEmpty();
    standings.add(contestant("ours"), lap(1, 4, "a"));
    standings.add(contestant("file"), lap(1, 5, "b"));
    assertThat(standings.differences())
        .containsExactly(
            "ours has 4 rows of digest a, not 5 of a", "file has 5 rows of digest b, not 5 of a");
  }

  private static Lap lap(double seconds, long rows, String digest) {
    return new Lap(seconds, Map.of("source", 1.0), 0, 0, rows, digest);
  }

  private static Contestant contestant(String key) {
    return new Contestant() {
      @Override
      public String key() {
        return key;
      }

      @Override
      public String title() {
        return key;
      }

      @Override
      public Lap run() {
        throw new UnsupportedOperationException();
      }
    };
  }
}
