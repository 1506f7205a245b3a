package org.etlsandbox.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.refresh.ScopeSource;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ChangePage;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every id up to the bound lies in exactly one range, whatever is there and whatever is done. */
class LoadPlanTest {

  @Test
  void rangesHoldSoManyRentalsWhateverTheGaps() {
    assertThat(plan(List.of(), 1_000_000, 2, 1, 2, 5, 1_000, 1_000_000))
        .containsExactly(new Range(0, 2), new Range(2, 1_000), new Range(1_000, 1_000_000));
  }

  @Test
  void anEmptyTableAndAnEmptyDestinationNeedNoRange() {
    assertThat(plan(List.of(), 0, 10)).isEmpty();
  }

  @Test
  void whatOnlyTheDestinationHasIsInTheLastRange() {
    assertThat(plan(List.of(), 500, 10, 1, 2)).containsExactly(new Range(0, 2), new Range(2, 500));
    assertThat(plan(List.of(), 500, 10)).containsExactly(new Range(0, 500));
  }

  @Test
  void rentalsAddedSinceTheLoadBeganAreLeftToPolling() {
    assertThat(plan(List.of(), 4, 3, 1, 2, 3, 4, 5, 6))
        .containsExactly(new Range(0, 3), new Range(3, 4));
  }

  @Test
  void itGoesOnAfterTheRangesThatAreDone() {
    assertThat(plan(List.of(new Range(0, 2), new Range(2, 4)), 6, 2, 1, 2, 3, 4, 5, 6))
        .containsExactly(new Range(4, 6));
  }

  /** Ranges are loaded side by side: when the process dies an earlier one may be missing. */
  @Test
  void gapsBetweenFinishedRangesAreFilled() {
    assertThat(
            plan(List.of(new Range(2, 4), new Range(6, 8)), 10, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
        .containsExactly(new Range(0, 2), new Range(4, 6), new Range(8, 10));
  }

  @Test
  void aGapIsFilledToItsEndThoughItsRentalsAreGone() {
    assertThat(plan(List.of(new Range(4, 6)), 8, 2, 5, 6, 7, 8))
        .containsExactly(new Range(0, 4), new Range(6, 8));
  }

  @Test
  void aGapWiderThanARangeIsFilledInSeveral() {
    assertThat(plan(List.of(new Range(5, 6)), 6, 2, 1, 2, 3, 4, 5, 6))
        .containsExactly(new Range(0, 2), new Range(2, 4), new Range(4, 5));
  }

  @Test
  void aFinishedLoadNeedsNothing() {
    assertThat(plan(List.of(new Range(0, 3), new Range(3, 8)), 8, 2, 1, 5, 8)).isEmpty();
  }

  /** No range holds them; to leave them out in silence would lose them. */
  @Test
  void rentalsBelowOneComeOneByOneBeforeTheRanges() {
    assertThat(plan(List.of(), 3, 2, -7, -2, 0, 1, 2, 3))
        .containsExactly(
            new Rentals(-7), new Rentals(-2), new Rentals(0), new Range(0, 2), new Range(2, 3));
    assertThat(plan(List.of(), 3, 2, -7, 3)).containsExactly(new Rentals(-7), new Range(0, 3));
    assertThat(plan(List.of(), 0, 2, 0)).containsExactly(new Rentals(0));
  }

  @Test
  void theEndStaysTheEnd() {
    LoadPlan plan = new LoadPlan(List.of(), 1, 5, 10);
    ScopeSource block = plan.block(new Ids(1));
    assertThat(block.next()).isEqualTo(new Range(0, 1));
    assertThat(block.next()).isNull();
    assertThat(block.next()).isNull();
    assertThat(plan.block(new Ids(1)).next()).isNull();
  }

  private static List<RefreshScope> plan(List<Range> done, long to, int size, long... rentals) {
    List<RefreshScope> ranges = inBlocks(1_000, done, to, size, rentals);
    assertThat(inBlocks(3 * size, done, to, size, rentals))
        .as("in blocks of about three ranges")
        .isEqualTo(ranges);
    return ranges;
  }

  private static List<RefreshScope> inBlocks(
      int blockSize, List<Range> done, long to, int size, long... rentals) {
    LoadPlan plan = new LoadPlan(done, to, size, blockSize);
    List<RefreshScope> ranges = new ArrayList<>();
    for (boolean more = true; more; ) {
      Ids snapshot = new Ids(rentals);
      ScopeSource block = plan.block(snapshot);
      more = false;
      for (RefreshScope scope = block.next(); scope != null; scope = block.next()) {
        ranges.add(scope);
        more = true;
        assertThat(ranges).hasSizeLessThan(100);
        if (scope instanceof Range range) {
          assertThat(snapshot.announced).isNotNull();
          assertThat(snapshot.announced.from()).isLessThanOrEqualTo(range.from());
          assertThat(snapshot.announced.to()).isGreaterThanOrEqualTo(range.to());
        }
      }
    }
    return ranges;
  }

  /** A source that has rental ids and nothing else. */
  private static final class Ids implements SourceSnapshot {
    private @Nullable Range announced;
    private final TreeSet<Long> ids = new TreeSet<>();

    Ids(long... ids) {
      for (long id : ids) {
        this.ids.add(id);
      }
    }

    private static FlatRow flat(long id) {
      LocalDateTime moment = LocalDateTime.of(2005, 5, 24, 22, 53, 30);
      return new CustomerOrderFlat(id, 1, 1, 1, "", 1, "", "", 299, moment, null);
    }

    @Override
    public void announce(Range block) {
      announced = block;
    }

    @Override
    public long maxRentalId() {
      return ids.isEmpty() ? 0 : ids.last();
    }

    @Override
    public long rangeEnd(long after, int rentals) {
      return ids.tailSet(after, false).stream().limit(rentals).reduce(0L, (all, id) -> id);
    }

    @Override
    public FlatStream flats(RefreshScope scope) {
      return FlatStream.of(ids.stream().filter(scope::contains).map(Ids::flat).toList());
    }

    @Override
    public List<FlatKey> keys(Range range) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChangePage changes(SourceTable table, ChangePosition position, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long[] rentalsOf(SourceTable table, List<ChangeKey> keys, long after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
