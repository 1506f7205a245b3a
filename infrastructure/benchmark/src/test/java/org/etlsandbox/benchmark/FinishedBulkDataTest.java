package org.etlsandbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class FinishedBulkDataTest {

  private static final String LINE =
      "7\t50\t3\t9\tDAVID back\\\\slash\t12\tA\\tB\\nC\tNULL\t-4.99\t2005-05-24 22:53:30\tNULL\n";

  @Test
  void aLineBecomesTheValuesOfItsColumns() {
    FinishedBulkData data = new FinishedBulkData(new BufferedReader(new StringReader(LINE)));
    assertThat(data.next()).isTrue();
    assertThat(data.getRowData())
        .as("NULL is a category of that name, and no date")
        .containsExactly(
            7L,
            50L,
            3L,
            9L,
            "DAVID back\\slash",
            12L,
            "A\tB\nC",
            "NULL",
            new BigDecimal("-4.99"),
            "2005-05-24 22:53:30",
            null);
    assertThat(data.next()).isFalse();
  }
}
