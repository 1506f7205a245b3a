package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.SQLException;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.source.ReadRate;
import org.jspecify.annotations.Nullable;

/**
 * Joins ranges of rentals in memory: the small tables are read once a snapshot, rentals and
 * payments in plain scans. For one snapshot and one thread at a time; what it returns needs no
 * connection any more.
 */
final class RangeReader {

  /** A quarter of the smallest heap. */
  private static final long DIMENSIONS_BUDGET = 64L << 20;

  private final Connection connection;
  private final ReadRate rate;
  private @Nullable Dimensions dimensions;
  private boolean asked;
  private @Nullable Range announced;
  private @Nullable PaymentBlock payments;

  RangeReader(Connection connection, ReadRate rate) {
    this.connection = connection;
    this.rate = rate;
  }

  /**
   * Ranges within this one are to be read: their payments are read together, if they are not too
   * many.
   */
  void announce(Range block) {
    announced = block;
  }

  /**
   * Null when the small tables are too large, or the range has too many payments: then only the
   * server can join.
   */
  @Nullable FlatStream read(Range range) throws SQLException {
    Dimensions small = dimensions();
    PaymentBlock block = small == null ? null : payments(range);
    if (small == null || block == null) {
      return null;
    }
    RentalBlock rentals = RentalBlock.read(connection, rate, range, small);
    IdColumn ids = rentals.ids();
    return ids == null ? null : new JoinedRows(small, rentals, block.of(ids, range));
  }

  private @Nullable Dimensions dimensions() throws SQLException {
    if (!asked) {
      asked = true;
      dimensions = Dimensions.read(connection, rate, DIMENSIONS_BUDGET);
    }
    return dimensions;
  }

  private @Nullable PaymentBlock payments(Range range) throws SQLException {
    Range block = announced;
    if (block != null && block.from() <= range.from() && range.to() <= block.to()) {
      announced = null;
      payments = PaymentBlock.read(connection, rate, block);
    }
    PaymentBlock known = payments;
    return known != null && known.covers(range)
        ? known
        : PaymentBlock.read(connection, rate, range);
  }
}
