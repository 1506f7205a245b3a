package org.etlsandbox.sweep;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.quarantine.Quarantine;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceSnapshot;

/**
 * Compares the keys of both sides, range by range, and names the rentals that differ. A delete
 * leaves no trace in a polled table; here it shows as a key that only the destination has.
 *
 * <p>What differs because it is just changing is named as well: refreshing it does no harm. Rentals
 * in quarantine are left out, since the destination is not to have them. For one thread.
 */
public final class Sweep {

  /** A range reaches over a gap, but not so far that the destination might hold millions there. */
  private static final int MAX_IDS_PER_RENTAL = 10;

  private final Source source;
  private final Destination destination;
  private final Quarantine quarantine;
  private final int rangeSize;
  private long position;

  /**
   * @param rangeSize rentals that are compared at a time, 1 or more; bounds the memory
   */
  public Sweep(Source source, Destination destination, Quarantine quarantine, int rangeSize) {
    this.source = source;
    this.destination = destination;
    this.quarantine = quarantine;
    this.rangeSize = rangeSize;
  }

  /**
   * A part of the way.
   *
   * @param differing rentals to be refreshed, ascending
   * @param compared how many rentals the slice may have held on either side
   * @param last the way is complete; the next slice begins another one
   */
  public record Slice(long[] differing, int compared, boolean last) {}

  /** Compares the next range. */
  public Slice next() {
    Boundary.SWEEP_BEGUN.reached();
    Range range;
    List<FlatKey> theirs;
    try (SourceSnapshot snapshot = source.snapshot()) {
      long end = snapshot.rangeEnd(position, rangeSize);
      long highest = end == 0 ? destination.maxRentalId() : end;
      if (highest <= position) {
        position = 0;
        Boundary.SWEEP_ENDED.reached();
        return new Slice(new long[0], 0, true);
      }
      long farthest = position + (long) rangeSize * MAX_IDS_PER_RENTAL;
      range = new Range(position, Math.min(highest, farthest));
      theirs = snapshot.keys(range);
      Boundary.SOURCE_KEYS_READ.reached();
    }
    List<FlatKey> ours = destination.keys(range);
    position = range.to();
    Set<Long> differing = differing(theirs, ours);
    leaveOutQuarantined(differing, range, theirs);
    Boundary.SWEEP_COMPARED.reached();
    return new Slice(
        differing.stream().mapToLong(Long::longValue).toArray(),
        Math.max(theirs.size(), ours.size()),
        false);
  }

  /** But for those that Jupiter has no longer: their refresh lets them out of the quarantine. */
  private void leaveOutQuarantined(Set<Long> differing, Range range, List<FlatKey> theirs) {
    Set<Long> gone = new TreeSet<>(quarantine.rentalsIn(range));
    differing.removeAll(gone);
    theirs.forEach(key -> gone.remove(key.rentalId()));
    differing.addAll(gone);
  }

  /** Both in key order. */
  static Set<Long> differing(List<FlatKey> theirs, List<FlatKey> ours) {
    Set<Long> rentals = new TreeSet<>();
    int t = 0;
    int o = 0;
    while (t < theirs.size() || o < ours.size()) {
      int order =
          t == theirs.size() ? 1 : o == ours.size() ? -1 : theirs.get(t).compareTo(ours.get(o));
      if (order < 0) {
        rentals.add(theirs.get(t).rentalId());
      } else if (order > 0) {
        rentals.add(ours.get(o).rentalId());
      }
      if (order <= 0) {
        t++;
      }
      if (order >= 0) {
        o++;
      }
    }
    return rentals;
  }
}
