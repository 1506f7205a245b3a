package org.etlsandbox.sweep;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
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
 * in quarantine do not differ, since the destination is not to have them; they are to be tried
 * again when this sweep meets them for the first time, and whenever their keys have changed since:
 * what made them unfit may have been deleted. For one thread.
 */
public final class Sweep {

  /** A range reaches over a gap, but not so far that the destination might hold millions there. */
  private static final int MAX_IDS_PER_RENTAL = 10;

  private final Source source;
  private final Destination destination;
  private final Quarantine quarantine;
  private final int rangeSize;

  /** Rentals in quarantine, and the fingerprint of the keys with which they were last named. */
  private final NavigableMap<Long, Long> triedWith = new TreeMap<>();

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
   * @param tryAgain rentals in quarantine that may be sound by now, ascending; none of the
   *     differing
   * @param compared how many rentals the slice may have held on either side
   * @param last the way is complete; the next slice begins another one
   */
  public record Slice(long[] differing, long[] tryAgain, int compared, boolean last) {}

  /** Compares the next range. */
  public Slice next() {
    Boundary.SWEEP_BEGUN.reached();
    if (position == 0) {
      quarantine.recount(); // a leader that slept may have recorded something since
    }
    Range range;
    List<FlatKey> theirs;
    try (SourceSnapshot snapshot = source.snapshot()) {
      long end = snapshot.rangeEnd(position, rangeSize);
      long highest = end == 0 ? destination.maxRentalId() : end;
      if (highest <= position) {
        position = 0;
        Boundary.SWEEP_ENDED.reached();
        return new Slice(new long[0], new long[0], 0, true);
      }
      long farthest = position + (long) rangeSize * MAX_IDS_PER_RENTAL;
      range = new Range(position, Math.min(highest, farthest));
      theirs = snapshot.keys(range);
      Boundary.SOURCE_KEYS_READ.reached();
    }
    List<FlatKey> ours = destination.keys(range);
    position = range.to();
    Set<Long> differing = differing(theirs, ours);
    Set<Long> quarantined = quarantine.rentalsIn(range);
    differing.removeAll(quarantined);
    long[] tryAgain = tryAgain(quarantined, range, theirs);
    Boundary.SWEEP_COMPARED.reached();
    return new Slice(
        differing.stream().mapToLong(Long::longValue).toArray(),
        tryAgain,
        Math.max(theirs.size(), ours.size()),
        false);
  }

  private long[] tryAgain(Set<Long> quarantined, Range range, List<FlatKey> theirs) {
    triedWith.subMap(range.from(), false, range.to(), true).keySet().retainAll(quarantined);
    NavigableMap<Long, Long> fingerprints = new TreeMap<>();
    quarantined.forEach(rental -> fingerprints.put(rental, 0L));
    for (FlatKey key : theirs) {
      fingerprints.computeIfPresent(key.rentalId(), (rental, sum) -> sum + fingerprint(key));
    }
    return fingerprints.entrySet().stream()
        .filter(one -> !one.getValue().equals(triedWith.put(one.getKey(), one.getValue())))
        .mapToLong(Map.Entry::getKey)
        .toArray();
  }

  /** 64 well-mixed bits; sets of keys are told from each other by the sum over them. */
  private static long fingerprint(FlatKey key) {
    return mixed(mixed(key.paymentId()) + key.categoryId());
  }

  /**
   * David Stafford's 13th variant of the finalizer of MurmurHash3.
   *
   * @see <a href="https://zimbry.blogspot.com/2011/09/better-bit-mixing-improving-on.html">Better
   *     bit mixing</a>
   */
  private static long mixed(long value) {
    long bits = value + 0x9e3779b97f4a7c15L;
    bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
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
