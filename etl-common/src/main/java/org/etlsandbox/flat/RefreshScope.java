package org.etlsandbox.flat;

import java.util.Arrays;

/** The rentals that one refresh makes equal to Jupiter: a key range or a set of ids. */
public sealed interface RefreshScope {

  boolean contains(long rentalId);

  /** Whether some rental belongs to both. */
  boolean overlaps(RefreshScope other);

  /**
   * The rentals {@code from < rental_id <= to}.
   *
   * @param from exclusive lower bound, 0 or more
   * @param to inclusive upper bound, greater than {@code from}
   */
  record Range(long from, long to) implements RefreshScope {
    public Range {
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException(
            "A range (from, to] needs 0 <= from < to, got (" + from + ", " + to + "]");
      }
    }

    @Override
    public boolean contains(long rentalId) {
      return from < rentalId && rentalId <= to;
    }

    @Override
    public boolean overlaps(RefreshScope other) {
      return switch (other) {
        case Range range -> from < range.to && range.from < to;
        case Rentals rentals -> rentals.overlaps(this);
      };
    }

    @Override
    public String toString() {
      return "(" + from + ", " + to + "]";
    }
  }

  /**
   * Rentals by id, whether or not they exist. Ascending and without repetition, whatever order they
   * were given in.
   */
  final class Rentals implements RefreshScope {
    private final long[] ids;

    public Rentals(long... rentalIds) {
      if (rentalIds.length == 0) {
        throw new IllegalArgumentException("A scope of rentals needs at least one rental id");
      }
      this.ids = Arrays.stream(rentalIds).sorted().distinct().toArray();
    }

    /** A copy of the ids, ascending. */
    public long[] ids() {
      return ids.clone();
    }

    public int size() {
      return ids.length;
    }

    @Override
    public boolean contains(long rentalId) {
      return Arrays.binarySearch(ids, rentalId) >= 0;
    }

    @Override
    public boolean overlaps(RefreshScope other) {
      return switch (other) {
        case Range range -> {
          int found = Arrays.binarySearch(ids, range.from() + 1);
          int first = found < 0 ? -found - 1 : found;
          yield first < ids.length && ids[first] <= range.to();
        }
        case Rentals rentals ->
            ids.length <= rentals.ids.length
                ? Arrays.stream(ids).anyMatch(rentals::contains)
                : rentals.overlaps(this);
      };
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Rentals rentals && Arrays.equals(ids, rentals.ids);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
      return ids.length <= 10
          ? "rentals " + Arrays.toString(ids)
          : "%d rentals from %d to %d".formatted(ids.length, ids[0], ids[ids.length - 1]);
    }
  }
}
