package org.etlsandbox.source;

import java.util.List;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;

/**
 * One consistent view of the source: everything read through it is of the same moment.
 *
 * <p>May be shared by threads, which then read one after the other; a page is read fully before it
 * is returned, so that a slow destination never stalls the connection.
 */
public interface SourceSnapshot extends AutoCloseable {

  /** The largest rental id, 0 for an empty table. */
  long maxRentalId();

  /**
   * The upper bound of a range that begins after {@code after} and holds at most {@code rentals}
   * rentals.
   *
   * @return the id of the last rental of that range, or 0 when no rental follows
   */
  long rangeEnd(long after, int rentals);

  /**
   * Says that the ranges within this one are going to be read, so that what they have in common may
   * be read once. Changes no result.
   */
  default void announce(RefreshScope.Range block) {}

  /**
   * The flats of the rentals in the scope, in key order. A row that cannot be copied exactly comes
   * with its {@link org.etlsandbox.flat.FlatRow#defect()}.
   */
  FlatStream flats(RefreshScope scope);

  /**
   * The keys of the flats in the range, in key order: what {@link #flats} would give, and cheaper.
   */
  List<FlatKey> keys(RefreshScope.Range range);

  /** The next page of rows changed since a moment, at most {@code limit} of them. */
  ChangePage changes(SourceTable table, ChangePosition position, int limit);

  /**
   * The rentals whose flats depend on these rows now, ascending, in pages.
   *
   * @param after only rentals above this id
   * @param limit at most this many
   */
  long[] rentalsOf(SourceTable table, List<ChangeKey> keys, long after, int limit);

  @Override
  void close();
}
