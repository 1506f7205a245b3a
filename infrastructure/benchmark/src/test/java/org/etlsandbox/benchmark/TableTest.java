package org.etlsandbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.etlsandbox.benchmark.Table.Column;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Table table =
      new Table(
          new Column("what", "what", "%s"),
          new Column("s", "seconds", "%.1f"),
          new Column("MB", "megabytes", "%.0f"));

  @Test
  void figuresEndAtTheRightAndWhatIsMissingIsADash() {
    table.row("pipe", 12.34, null);
    table.row("ours, long", Double.NaN, 256.0);
    assertThat(table.lines())
        .containsExactly(
            "what           s   MB", //
            "pipe        12.3    –",
            "ours, long     –  256");
  }

  @Test
  void programsGetTheWholeFigureAndNothingForWhatIsMissing() {
    table.row("pipe", 12.34, null);
    assertThat(table.published()).containsExactly(Map.of("what", "pipe", "seconds", 12.34));
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThatThrownBy(() -> table.row("pipe", 1.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 cells for 3 columns");
  }
}
