package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.jspecify.annotations.Nullable;

/** The payments of a range of rentals, in the order of their rentals. */
final class PaymentBlock {

  /** A block of them takes 16 bytes each, and about twice as much while it is being read. */
  static final int MAX_PAYMENTS = 2_500_000;

  // Whether by the index on rental_id or by the primary key, is for the optimizer to say: it knows
  // which part of the table this is
  private static final String PAYMENTS =
      """
      /* etl-sandbox */ SELECT payment_id, rental_id, CAST(amount AS CHAR)
      FROM payment WHERE rental_id > ? AND rental_id <= ? LIMIT ?
      """;

  /** An ordinal has so many bits; the rest is for the rental's distance to the range's begin. */
  private static final int ORDINAL_BITS = 31;

  private static final long ORDINAL = (1L << ORDINAL_BITS) - 1;

  /** Stands for an amount that no int holds. */
  private static final int LARGE = Integer.MIN_VALUE;

  private final Range range;
  private final long[] order;
  private final int[] ids;
  private final int[] cents;
  private final Map<Integer, Long> largeAmounts;
  private final Map<Integer, String> defects;

  private PaymentBlock(Range range, Columns columns) {
    this.range = range;
    this.order = columns.order.build().toArray();
    this.ids = columns.ids.build().toArray();
    this.cents = columns.cents.build().toArray();
    this.largeAmounts = columns.largeAmounts;
    this.defects = columns.defects;
    Arrays.sort(order);
    sortWithinRentals();
  }

  /** Null when a block cannot hold them: too many, or ids that are no unsigned integers. */
  static @Nullable PaymentBlock read(Connection connection, Range range) throws SQLException {
    if (range.to() - range.from() >= 1L << (Long.SIZE - 1 - ORDINAL_BITS)) {
      return null;
    }
    Columns columns = new Columns(range.from());
    StreamedQuery.run(
        connection, PAYMENTS, columns::add, range.from(), range.to(), MAX_PAYMENTS + 1L);
    return columns.fit && columns.count <= MAX_PAYMENTS ? new PaymentBlock(range, columns) : null;
  }

  boolean covers(Range part) {
    return range.from() <= part.from() && part.to() <= range.to();
  }

  /** How many there are; places go from 0 to this, exclusively. */
  int size() {
    return order.length;
  }

  /** The first place whose rental is this one or a later one. */
  int firstOf(long rentalId) {
    int found = Arrays.binarySearch(order, rentalId - range.from() << ORDINAL_BITS);
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

  /** Takes the payments as they come. */
  private static final class Columns {
    private final long from;
    private final LongStream.Builder order = LongStream.builder();
    private final IntStream.Builder ids = IntStream.builder();
    private final IntStream.Builder cents = IntStream.builder();
    private final Map<Integer, Long> largeAmounts = new HashMap<>();
    private final Map<Integer, String> defects = new HashMap<>();
    private boolean fit = true;
    private int count;

    Columns(long from) {
      this.from = from;
    }

    void add(ResultSet row) throws SQLException {
      order.add(row.getLong(2) - from << ORDINAL_BITS | count);
      long id = row.getLong(1);
      fit &= id >>> Integer.SIZE == 0;
      ids.add((int) id);
      long amount = 0;
      try {
        amount = FlatValues.cents(row.getBytes(3));
      } catch (FlatValues.DefectException e) {
        defects.put(count, e.reason());
      }
      boolean small = amount > LARGE && amount <= Integer.MAX_VALUE;
      if (!small) {
        largeAmounts.put(count, amount);
      }
      cents.add(small ? (int) amount : LARGE);
      count++;
    }
  }

  /** By payment id: in which order the server gives them, depends on the index that it uses. */
  private void sortWithinRentals() {
    for (int place = 1; place < order.length; place++) {
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
