package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.SQLException;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.source.ReadRate;
import org.jspecify.annotations.Nullable;

/**
 * Joins scopes of rentals in memory: the small tables are read once a snapshot, rentals and
 * payments in plain scans. For one snapshot and one thread at a time; what it returns needs no
 * connection any more.
 */
final class RangeReader {

  /** A quarter of the smallest heap. */
  private static final long DIMENSIONS_BUDGET = 64L << 20;

  private final Connection connection;
  private final ReadRate rate;
  private final DimensionsCost cost;
  private long serverNanos;
  private @Nullable Dimensions dimensions;
  private boolean asked;
  private @Nullable Range announced;
  private @Nullable PaymentBlock payments;

  RangeReader(Connection connection, ReadRate rate, DimensionsCost cost) {
    this.connection = connection;
    this.rate = rate;
    this.cost = cost;
  }

  /**
   * Ranges within this one are to be read: their payments are read together, if they are not too
   * many.
   */
  void announce(Range block) {
    announced = block;
  }

  /** So long it took the server to join another scope of this snapshot. */
  void joinedByServer(long nanos) {
    serverNanos += nanos;
  }

  /**
   * Whether this scope is to be read here. A range is; key sets are once the server has spent as
   * much time on joining them as the small tables take to read. That costs no more than twice of
   * what it would if one knew beforehand how many key sets come (the ski-rental rule). Where rows
   * are limited they are what counts, and the server's join reads the fewest.
   */
  boolean paysFor(RefreshScope scope) {
    return scope instanceof Range || asked || !rate.isLimited() && serverNanos > cost.nanos();
  }

  /**
   * Null when the small tables are too large, or the scope has too many payments or an id below 1:
   * then only the server can join.
   */
  @Nullable FlatStream read(RefreshScope scope) throws SQLException {
    RentalScope where = RentalScope.of(scope);
    Dimensions small = where == null ? null : dimensions();
    PaymentBlock block = where == null || small == null ? null : payments(where);
    if (where == null || small == null || block == null) {
      return null;
    }
    RentalBlock rentals = RentalBlock.read(connection, rate, where, small);
    IdColumn ids = rentals.ids();
    return ids == null ? null : new JoinedRows(small, rentals, block.of(ids, where.bounds()));
  }

  private @Nullable Dimensions dimensions() throws SQLException {
    if (!asked) {
      asked = true;
      long begin = System.nanoTime();
      dimensions = Dimensions.read(connection, rate, DIMENSIONS_BUDGET);
      cost.measured(System.nanoTime() - begin);
    }
    return dimensions;
  }

  private @Nullable PaymentBlock payments(RentalScope scope) throws SQLException {
    if (!scope.divisible()) {
      return PaymentBlock.read(connection, rate, scope);
    }
    Range range = scope.bounds();
    Range block = announced;
    if (block != null && block.from() <= range.from() && range.to() <= block.to()) {
      announced = null;
      payments = PaymentBlock.read(connection, rate, RentalScope.of(block));
    }
    PaymentBlock known = payments;
    return known != null && known.covers(range)
        ? known
        : PaymentBlock.read(connection, rate, scope);
  }
}
