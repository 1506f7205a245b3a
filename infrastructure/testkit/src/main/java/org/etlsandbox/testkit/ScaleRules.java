package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.testkit.DestinationRules.result;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rules for one row, for many, and for many at the same time. */
interface ScaleRules extends DestinationRules {

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000, 200_000})
  default void manyRowsInOneScope(int atLeast) {
    FlatGenerator source = new FlatGenerator(7);
    Range range = source.rangeHolding(atLeast);
    long rows = source.rows(range).size();

    assertThat(refreshFrom(source, range, 1)).isEqualTo(result(rows, 0, 0, 0));
    assertHolds(source, range);
    assertThat(refreshFrom(source, range, 2)).isEqualTo(result(0, 0, 0, rows));

    FlatGenerator changed = source.atRevision(1);
    RefreshResult update = refreshFrom(changed, range, 3);
    assertThat(update.updated() + update.unchanged()).isEqualTo(rows);
    assertThat(update.updated()).isBetween(rows / 32, rows / 8 + 1);
    assertHolds(changed, range);

    Range lastHalf = new Range(range.to() / 2, range.to());
    int leaving = changed.rows(lastHalf).size();
    assertThat(refresh(lastHalf, 4)).isEqualTo(result(0, 0, leaving, 0));
    assertThat(destination().countLive()).isEqualTo(rows - leaving);
    assertThat(destination().prepare().maxRowVersion()).isEqualTo(4);
  }

  @Test
  default void manyRentalsById() {
    FlatGenerator source = new FlatGenerator(8);
    long[] ids = new long[5_000];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = 1 + i * 3L;
    }
    Rentals scope = new Rentals(ids);
    List<CustomerOrderFlat> rows = source.rows(scope);
    assertThat(refresh(scope, 1, rows)).isEqualTo(result(rows.size(), 0, 0, 0));
    assertThat(refresh(scope, 2, rows)).isEqualTo(result(0, 0, 0, rows.size()));
    assertThat(live()).isEqualTo(rows);
    assertThat(refresh(scope, 3)).isEqualTo(result(0, 0, rows.size(), 0));
  }

  @Test
  default void disjointScopesRefreshInParallel() throws Exception {
    FlatGenerator first = new FlatGenerator(9);
    FlatGenerator second = first.atRevision(1);
    AtomicLong version = new AtomicLong();
    List<Future<RefreshResult>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int worker = 0; worker < 8; worker++) {
        int number = worker;
        running.add(
            threads.submit(() -> {
              RefreshResult sum = RefreshResult.NOTHING;
              for (FlatGenerator source : List.of(first, second, second)) {
                for (RefreshScope scope : ownedBy(number)) {
                  sum = sum.plus(refresh(scope, version.incrementAndGet(), source.rows(scope)));
                }
              }
              return sum;
            }));
      }
      RefreshResult sum = RefreshResult.NOTHING;
      for (Future<RefreshResult> worker : running) {
        sum = sum.plus(worker.get(5, TimeUnit.MINUTES));
      }
      List<CustomerOrderFlat> expected = second.rows(new Range(0, 1600));
      long changed =
          expected.size()
              - first.rows(new Range(0, 1600)).stream().filter(expected::contains).count();
      assertThat(sum)
          .isEqualTo(result(expected.size(), changed, 0, 2L * expected.size() - changed));
      assertThat(live()).isEqualTo(expected);
    }
  }

  /** Neighbouring ranges of one worker next to those of the others, and ids in between. */
  private static List<RefreshScope> ownedBy(int worker) {
    List<RefreshScope> scopes = new ArrayList<>();
    for (int block = 0; block < 4; block++) {
      long from = (block * 8 + worker) * 50L;
      scopes.add(new Range(from, from + 25));
      scopes.add(new Rentals(LongStream.rangeClosed(from + 26, from + 50).toArray()));
    }
    return scopes;
  }

  private RefreshResult refreshFrom(FlatGenerator source, Range range, long rowVersion) {
    return destination().refresh(range, source.stream(range), rowVersion, TestLease.held(1));
  }

  private void assertHolds(FlatGenerator source, Range range) {
    long counted = 0;
    for (long from = range.from(); from < range.to(); from += 20_000) {
      Range part = new Range(from, Math.min(from + 20_000, range.to()));
      List<CustomerOrderFlat> expected = source.rows(part);
      List<CustomerOrderFlat> held =
          destination().stored(part).stream()
              .filter(row -> !row.deleted())
              .map(StoredFlat::flat)
              .toList();
      // Cheaper than AssertJ's own comparison, which is asked only for the difference
      if (!held.equals(expected)) {
        assertThat(held).containsExactlyElementsOf(expected);
      }
      counted += held.size();
    }
    assertThat(destination().countLive()).isEqualTo(counted);
  }
}
