package org.etlsandbox.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.refresh.ScopeSource;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The consecutive ranges from 0 up to a bound that are not loaded yet, each with a bounded number
 * of rentals (not of ids: there may be gaps of any width). Before them, rentals whose id is below
 * 1.
 */
final class LoadPlan implements ScopeSource {

  private final Source source;
  private final Deque<RefreshScope.Range> done;
  private final long to;
  private final int rangeSize;
  private long position;
  private long belowOne = Long.MIN_VALUE;

  /**
   * @param done ranges that are loaded, ascending, disjoint
   * @param to the last rental id that the load reaches
   * @param rangeSize rentals in a range, at most
   */
  LoadPlan(Source source, List<RefreshScope.Range> done, long to, int rangeSize) {
    this.source = source;
    this.done = new ArrayDeque<>(done);
    this.to = to;
    this.rangeSize = rangeSize;
  }

  @Override
  public @Nullable RefreshScope next() {
    RefreshScope stray = belowOne < 0 ? nextBelowOne() : null;
    return stray != null ? stray : nextRange();
  }

  /** Rentals below 1, one by one: no range holds them, but each is to be quarantined. */
  private @Nullable RefreshScope nextBelowOne() {
    try (SourceSnapshot snapshot = source.snapshot()) {
      belowOne = Math.min(0, snapshot.rangeEnd(belowOne, 1));
      RefreshScope.Rentals stray = new RefreshScope.Rentals(belowOne);
      // At 0 there may be a rental 0, or none below 1
      return belowOne < 0 || snapshot.flats(stray).next() != null ? stray : null;
    }
  }

  private @Nullable RefreshScope nextRange() {
    while (!done.isEmpty() && done.getFirst().from() <= position) {
      position = Math.max(position, done.removeFirst().to());
    }
    if (position >= to) {
      return null;
    }
    long limit = done.isEmpty() ? to : Math.min(to, done.getFirst().from());
    long end;
    try (SourceSnapshot snapshot = source.snapshot()) {
      end = snapshot.rangeEnd(position, rangeSize);
    }
    // No rental follows, or only beyond the limit: one range takes the rest
    long rangeEnd = end == 0 ? limit : Math.min(end, limit);
    RefreshScope.Range range = new RefreshScope.Range(position, rangeEnd);
    position = rangeEnd;
    return range;
  }
}
