package org.etlsandbox.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.refresh.ScopeSource;
import org.etlsandbox.source.SourceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The consecutive ranges from 0 up to a bound that are not loaded yet, each with a bounded number
 * of rentals (not of ids: there may be gaps of any width). Before them, rentals whose id is below
 * 1.
 *
 * <p>They come in blocks, each to be read from one snapshot: long enough to read together what its
 * ranges have in common, short enough for Jupiter to forget old versions of its rows.
 */
public final class LoadPlan {

  private final Deque<RefreshScope.Range> done;
  private final long to;
  private final int rangeSize;
  private final int blockSize;
  private long position;
  private long belowOne = Long.MIN_VALUE;

  /**
   * @param done ranges that are loaded, ascending, disjoint
   * @param to the last rental id that the load reaches
   * @param rangeSize rentals in a range, at most
   * @param blockSize rentals in a block, at most
   */
  LoadPlan(List<RefreshScope.Range> done, long to, int rangeSize, int blockSize) {
    this.done = new ArrayDeque<>(done);
    this.to = to;
    this.rangeSize = rangeSize;
    this.blockSize = blockSize;
  }

  /** The last rental id that the load reaches. */
  public long to() {
    return to;
  }

  /** The scopes of the next block; without any when all is loaded. */
  public ScopeSource block(SourceSnapshot snapshot) {
    skipDone();
    long end = position >= to ? to : end(snapshot, blockSize);
    if (position < end) {
      snapshot.announce(new RefreshScope.Range(position, end));
    }
    return () -> {
      RefreshScope stray = belowOne < 0 ? nextBelowOne(snapshot) : null;
      return stray != null ? stray : nextRange(snapshot, end);
    };
  }

  /** Rentals below 1, one by one: no range holds them, but each is to be quarantined. */
  private @Nullable RefreshScope nextBelowOne(SourceSnapshot snapshot) {
    belowOne = Math.min(0, snapshot.rangeEnd(belowOne, 1));
    RefreshScope.Rentals stray = new RefreshScope.Rentals(belowOne);
    // At 0 there may be a rental 0, or none below 1
    return belowOne < 0 || snapshot.flats(stray).next() != null ? stray : null;
  }

  private @Nullable RefreshScope nextRange(SourceSnapshot snapshot, long blockEnd) {
    skipDone();
    if (position >= blockEnd) {
      return null;
    }
    long end = Math.min(blockEnd, end(snapshot, rangeSize));
    RefreshScope.Range range = new RefreshScope.Range(position, end);
    position = end;
    return range;
  }

  private void skipDone() {
    while (!done.isEmpty() && done.getFirst().from() <= position) {
      position = Math.max(position, done.removeFirst().to());
    }
  }

  /** Where so many rentals from here end, before the next range that is loaded. */
  private long end(SourceSnapshot snapshot, int rentals) {
    long limit = done.isEmpty() ? to : Math.min(to, done.getFirst().from());
    if (limit - position <= rentals) {
      return limit; // there are no more rentals than ids
    }
    long end = snapshot.rangeEnd(position, rentals);
    // No rental follows, or only beyond the limit: one range takes the rest
    return end == 0 ? limit : Math.min(end, limit);
  }
}
