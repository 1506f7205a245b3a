package org.etlsandbox.change;

import java.util.HashSet;
import java.util.Set;

/**
 * The rentals that one poll has lately put into a scope. Bounded: keeps at least the last {@code
 * capacity} ids, so scopes that are refreshed side by side never overlap.
 */
final class RecentRentals {

  private final int capacity;
  private Set<Long> young = new HashSet<>();
  private Set<Long> old = new HashSet<>();

  RecentRentals(int capacity) {
    this.capacity = capacity;
  }

  /** Whether the rental was new, and is now known. */
  boolean add(long rentalId) {
    if (young.contains(rentalId) || old.contains(rentalId)) {
      return false;
    }
    if (young.size() == capacity) {
      old = young;
      young = new HashSet<>();
    }
    return young.add(rentalId);
  }
}
