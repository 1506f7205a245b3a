package org.etlsandbox.flat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshScopeTest {
  private static final int HIGHEST = 30;

  /** Overlapping is nothing else than a rental that both contain. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void scopesOverlapExactlyWhereTheyShareARental(long seed) {
    Random random = new Random(seed);
    int overlapping = 0;
    for (int i = 0; i < 2_000; i++) {
      RefreshScope one = scope(random);
      RefreshScope other = scope(random);
      boolean shared =
          LongStream.rangeClosed(0, HIGHEST + 1)
              .anyMatch(id -> one.contains(id) && other.contains(id));
      assertThat(one.overlaps(other)).as("%s and %s", one, other).isEqualTo(shared);
      assertThat(other.overlaps(one)).as("%s and %s", other, one).isEqualTo(shared);
      overlapping += shared ? 1 : 0;
    }
    assertThat(overlapping).isBetween(200, 1_800);
  }

  private static RefreshScope scope(Random random) {
    if (random.nextBoolean()) {
      long from = random.nextLong(HIGHEST);
      return new Range(from, from + 1 + random.nextLong(Math.min(8, HIGHEST - from)));
    }
    return new Rentals(random.longs(1 + random.nextInt(5), 1, HIGHEST + 1).toArray());
  }
}
