package org.etlsandbox.soak.commits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void equalRowsAreEqual() {
    List<String> rows = List.of("1|1|1|a", "1|2|1|b");

    assertThat(Comparison.of(rows, rows)).isEqualTo(new Comparison(2, 0, 0, 0, List.of()));
  }

  @Test
  void eachKindOfDifferenceIsCounted() {
    Comparison comparison =
        Comparison.of(
            List.of("1|1|1|a", "1|2|1|b", "11|2|1|c"),
            List.of("1|1|1|a", "1|2|1|x", "11|2|2|c", "1|1|1|a"));

    assertThat(comparison.missing()).isEqualTo(1);
    assertThat(comparison.wrong()).isEqualTo(1);
    assertThat(comparison.extra()).as("a key of its own, and one shown twice").isEqualTo(2);
    assertThat(comparison.isEqual()).isFalse();
    assertThat(comparison.examples())
        .containsExactly(
            "wrong: 1|2|1|x instead of 1|2|1|b", "missing: 11|2|1|c", "extra: 11|2|2|c");
  }
}
