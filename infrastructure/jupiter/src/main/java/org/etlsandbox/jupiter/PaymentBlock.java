package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.etlsandbox.flat.RefreshScope.Range;
import org.jspecify.annotations.Nullable;

/** The payments of a range of rentals, in the order of their rentals. */
final class PaymentBlock {

  /** A block of them takes 16 bytes each: 48 MB. */
  static final int MAX_PAYMENTS = 3_000_000;

  // Whether by the index on rental_id or by the primary key, is for the optimizer to say: it knows
  // which part of the table this is
  private static final String PAYMENTS =
      """
      /* etl-sandbox */ SELECT payment_id, rental_id, amount
      FROM payment WHERE rental_id > %d AND rental_id <= %d LIMIT %d
      """;

  /** An ordinal has so many bits; the rest is for the rental's distance to the range's begin. */
  private static final int ORDINAL_BITS = 31;

  private static final long ORDINAL = (1L << ORDINAL_BITS) - 1;

  /** Stands for an amount that no int holds. */
  private static final int LARGE = Integer.MIN_VALUE;

  private final Range range;
  private final Map<Integer, Long> largeAmounts = new HashMap<>();
  private final Map<Integer, String> defects = new HashMap<>();
  private long[] order;
  private int[] ids;
  private int[] cents;
  private int size;

  private PaymentBlock(Range range, int capacity) {
    this.range = range;
    this.order = new long[capacity];
    this.ids = new int[capacity];
    this.cents = new int[capacity];
  }

  /** Null when a block cannot hold them: too many, or ids that are no unsigned integers. */
  static @Nullable PaymentBlock read(Connection connection, Range range) throws SQLException {
    long span = range.to() - range.from();
    if (span >= 1L << (Long.SIZE - 1 - ORDINAL_BITS)) {
      return null;
    }
    // There are about as many payments as rentals, and no more rentals than ids
    PaymentBlock block = new PaymentBlock(range, (int) Math.min(span + span / 8, MAX_PAYMENTS));
    try (PlainRows rows =
        PlainRows.query(
            connection, PAYMENTS.formatted(range.from(), range.to(), MAX_PAYMENTS + 1))) {
      while (rows.next()) {
        if (!block.add(rows)) {
          return null;
        }
      }
    }
    block.sort();
    return block;
  }

  /** Returns false when there is no room for it. */
  private boolean add(PlainRows row) throws SQLException {
    long id = row.number(0);
    if (size == MAX_PAYMENTS || id >>> Integer.SIZE != 0) {
      return false;
    }
    if (size == order.length) {
      int capacity = Math.min(MAX_PAYMENTS, size * 2 + 1);
      order = Arrays.copyOf(order, capacity);
      ids = Arrays.copyOf(ids, capacity);
      cents = Arrays.copyOf(cents, capacity);
    }
    order[size] = row.number(1) - range.from() << ORDINAL_BITS | size;
    ids[size] = (int) id;
    long amount = 0;
    try {
      amount = FlatValues.cents(row, 2);
    } catch (FlatValues.DefectException e) {
      defects.put(size, e.reason());
    }
    boolean small = amount > LARGE && amount <= Integer.MAX_VALUE;
    if (!small) {
      largeAmounts.put(size, amount);
    }
    cents[size] = small ? (int) amount : LARGE;
    size++;
    return true;
  }

  private void sort() {
    Arrays.sort(order, 0, size);
    sortWithinRentals();
  }

  boolean covers(Range part) {
    return range.from() <= part.from() && part.to() <= range.to();
  }

  /** How many there are; places go from 0 to this, exclusively. */
  int size() {
    return size;
  }

  /** The first place whose rental is this one or a later one. */
  int firstOf(long rentalId) {
    int found = Arrays.binarySearch(order, 0, size, rentalId - range.from() << ORDINAL_BITS);
    return found < 0 ? -found - 1 : found;
  }

  long rentalId(int place) {
    return range.from() + (order[place] >>> ORDINAL_BITS);
  }

  long paymentId(int place) {
    return Integer.toUnsignedLong(ids[ordinal(place)]);
  }

  long amountCents(int place) {
    int ordinal = ordinal(place);
    int small = cents[ordinal];
    return small == LARGE ? largeAmounts.getOrDefault(ordinal, (long) LARGE) : small;
  }

  /** Why the amount cannot be copied exactly, or null. */
  @Nullable String defect(int place) {
    return defects.isEmpty() ? null : defects.get(ordinal(place));
  }

  private int ordinal(int place) {
    return (int) (order[place] & ORDINAL);
  }

  /** By payment id: in which order the server gives them, depends on the index that it uses. */
  private void sortWithinRentals() {
    for (int place = 1; place < size; place++) {
      for (int at = place;
          at > 0 && rentalId(at - 1) == rentalId(at) && paymentId(at - 1) > paymentId(at);
          at--) {
        long moved = order[at];
        order[at] = order[at - 1];
        order[at - 1] = moved;
      }
    }
  }
}
