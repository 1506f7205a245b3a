package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentTextTest {

  private static final DateTimeFormatter EXPECTED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final long FIRST = second(LocalDateTime.of(1, 1, 1, 0, 0, 0));
  private static final long LAST = second(LocalDateTime.of(9999, 12, 31, 23, 59, 59));

  /** Days come and go in one column: what is kept of another day would show. */
  @Test
  void anyMomentIsWrittenAsAFormatterDoes() {
    MomentText column = new MomentText();
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      long second = random.nextLong(FIRST, LAST + 1);
      for (long near : new long[] {second, second + 1, second - 86_400, second}) {
        LocalDateTime moment = LocalDateTime.ofEpochSecond(near, 0, ZoneOffset.UTC);
        if (near >= FIRST && near <= LAST) {
          assertThat(column.of(near)).isEqualTo(EXPECTED.format(moment));
        }
      }
    }
  }

  @Test
  void whatDatetime2DoesNotHaveIsNull() {
    MomentText column = new MomentText();
    assertThat(column.of(FIRST)).isEqualTo("0001-01-01T00:00:00");
    assertThat(column.of(FIRST - 1)).isNull();
    assertThat(column.of(LAST)).isEqualTo("9999-12-31T23:59:59");
    assertThat(column.of(LAST + 1)).isNull();
    assertThat(column.of(Long.MAX_VALUE)).isNull();
  }

  private static long second(LocalDateTime moment) {
    return moment.toEpochSecond(ZoneOffset.UTC);
  }
}
