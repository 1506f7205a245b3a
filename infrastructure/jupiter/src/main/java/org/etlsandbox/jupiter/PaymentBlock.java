package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.source.ReadRate;
import org.jspecify.annotations.Nullable;

/**
 * The payments of many rentals, roughly sorted: those of neighbouring rentals lie together, so that
 * a range of them fits the processor's cache when it is joined.
 */
final class PaymentBlock {

  /** A block of them takes 12 bytes each, and half as much again for what is grown: 54 MB. */
  static final int MAX_PAYMENTS = 3_000_000;

  // Whether by the index on rental_id or by the primary key, is for the optimizer to say: it knows
  // which part of the table this is
  private static final String PAYMENTS =
      """
      /* etl-sandbox */ SELECT payment_id, rental_id, amount
      FROM payment WHERE rental_id %s LIMIT %d
      """;

  /** As many as there are lines in the first cache of a processor, about. */
  private static final int MAX_BUCKETS = 256;

  /** A bucket's rentals are told apart by an int. */
  private static final long MAX_PER_BUCKET = 1L << 31;

  private static final int FIRST_SIZE = 1 << 10;

  /** Of a payment: distance to the bucket's first rental, id, amount. */
  private static final int INTS = 3;

  /** Stands for an amount that no int holds. */
  private static final int LARGE = Integer.MIN_VALUE;

  private final Range range;
  private final long rentalsPerBucket;
  private final int[][] buckets;
  private final int[] sizes;
  private final Map<Integer, Long> largeAmounts = new HashMap<>();
  private final Map<Integer, String> defects = new HashMap<>();
  private int size;

  private PaymentBlock(Range range, long rentalsPerBucket) {
    this.range = range;
    this.rentalsPerBucket = rentalsPerBucket;
    long span = range.to() - range.from();
    this.buckets = new int[(int) Math.ceilDiv(span, rentalsPerBucket)][];
    this.sizes = new int[buckets.length];
  }

  /** Null when a block cannot hold them: too many, or ids that are no unsigned integers. */
  static @Nullable PaymentBlock read(Connection connection, ReadRate rate, RentalScope scope)
      throws SQLException {
    Range range = scope.bounds();
    long inEqualParts = Math.ceilDiv(range.to() - range.from(), MAX_BUCKETS);
    if (inEqualParts > MAX_PER_BUCKET) {
      return null;
    }
    PaymentBlock block =
        new PaymentBlock(
            range, scope.divisible() ? Math.max(FIRST_SIZE, inEqualParts) : MAX_PER_BUCKET);
    for (String condition : scope.conditions()) {
      String sql = PAYMENTS.formatted(condition, MAX_PAYMENTS + 1);
      try (PlainRows rows = PlainRows.query(connection, sql, rate)) {
        while (rows.next()) {
          if (!block.add(rows)) {
            return null;
          }
        }
      }
    }
    return block;
  }

  /** Returns false when there is no room for it. */
  private boolean add(PlainRows row) throws SQLException {
    long id = row.number(0);
    if (size == MAX_PAYMENTS || id >>> Integer.SIZE != 0) {
      return false;
    }
    size++;
    long amount = 0;
    try {
      amount = FlatValues.cents(row, 2);
    } catch (FlatValues.DefectException e) {
      defects.put((int) id, e.reason());
    }
    boolean small = amount > LARGE && amount <= Integer.MAX_VALUE;
    if (!small) {
      largeAmounts.put((int) id, amount);
    }
    long distance = row.number(1) - range.from() - 1;
    int bucket = (int) (distance / rentalsPerBucket);
    int[] target = roomIn(bucket);
    int at = sizes[bucket];
    target[at] = (int) (distance - bucket * rentalsPerBucket);
    target[at + 1] = (int) id;
    target[at + 2] = small ? (int) amount : LARGE;
    sizes[bucket] = at + INTS;
    return true;
  }

  private int[] roomIn(int bucket) {
    int[] known = buckets[bucket];
    if (known == null) {
      known = buckets[bucket] = new int[FIRST_SIZE * INTS];
    } else if (sizes[bucket] == known.length) {
      known = buckets[bucket] = Arrays.copyOf(known, known.length / INTS * 3 / 2 * INTS);
    }
    return known;
  }

  boolean covers(Range part) {
    return range.from() <= part.from() && part.to() <= range.to();
  }

  /** Those of the given rentals, which lie within the part. */
  Joined of(IdColumn rentals, Range part) {
    int first = (int) ((part.from() - range.from()) / rentalsPerBucket);
    int last = (int) ((part.to() - range.from() - 1) / rentalsPerBucket);
    return new Joined(rentals, first, last);
  }

  /** Payments by the place of their rental, each rental's by ascending id. */
  final class Joined {
    private final int[] starts;
    private final int[] ids;
    private final int[] cents;

    private Joined(IdColumn rentals, int firstBucket, int lastBucket) {
      int[][] places = new int[lastBucket - firstBucket + 1][];
      starts = new int[rentals.size() + 1];
      for (int bucket = firstBucket; bucket <= lastBucket; bucket++) {
        places[bucket - firstBucket] = places(rentals, bucket);
      }
      for (int place = 0; place < rentals.size(); place++) {
        starts[place + 1] += starts[place];
      }
      ids = new int[starts[rentals.size()]];
      cents = new int[ids.length];
      int[] ends = starts.clone();
      for (int bucket = firstBucket; bucket <= lastBucket; bucket++) {
        put(bucket, places[bucket - firstBucket], ends);
      }
    }

    /** The places of a bucket's payments, -1 for a rental that is not asked for; counts them. */
    private int[] places(IdColumn rentals, int bucket) {
      int[] places = new int[sizes[bucket] / INTS];
      long firstRental = range.from() + 1 + bucket * rentalsPerBucket;
      for (int i = 0; i < places.length; i++) {
        int place = rentals.find(firstRental + buckets[bucket][i * INTS]);
        places[i] = place;
        if (place >= 0) {
          starts[place + 1]++;
        }
      }
      return places;
    }

    /** The server gives payments in whatever order: each is moved to where it belongs. */
    private void put(int bucket, int[] places, int[] ends) {
      for (int i = 0; i < places.length; i++) {
        int place = places[i];
        if (place < 0) {
          continue;
        }
        int id = buckets[bucket][i * INTS + 1];
        int at = ends[place]++;
        for (; at > starts[place] && Integer.compareUnsigned(ids[at - 1], id) > 0; at--) {
          ids[at] = ids[at - 1];
          cents[at] = cents[at - 1];
        }
        ids[at] = id;
        cents[at] = buckets[bucket][i * INTS + 2];
      }
    }

    /** The first payment of a rental. */
    int begin(int rental) {
      return starts[rental];
    }

    /** Behind the last payment of a rental. */
    int end(int rental) {
      return starts[rental + 1];
    }

    long paymentId(int payment) {
      return Integer.toUnsignedLong(ids[payment]);
    }

    long amountCents(int payment) {
      int small = cents[payment];
      return small == LARGE ? largeAmounts.getOrDefault(ids[payment], (long) LARGE) : small;
    }

    /** Why the amount cannot be copied exactly, or null. */
    @Nullable String defect(int payment) {
      return defects.isEmpty() ? null : defects.get(ids[payment]);
    }
  }
}
