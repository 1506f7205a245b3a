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
 * of rentals (not of ids: there may be gaps of any width).
 */
final class LoadPlan implements ScopeSource {

  private final Source source;
  private final Deque<RefreshScope.Range> done;
  private final long to;
  private final int rangeSize;
  private long position;

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
