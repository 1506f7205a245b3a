package org.etlsandbox.source;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The database that is copied from. Read only: nothing is ever written into it.
 *
 * <p>Thread-safe. Lazy: no I/O before the first call. Every method that does I/O throws {@link
 * org.etlsandbox.failure.StoreException}.
 */
public interface Source extends AutoCloseable {

  /**
   * Verifies that the source can be copied from (tables, columns, privileges, not a replica, time
   * zone canary) and tells what it is.
   *
   * @throws org.etlsandbox.failure.StoreException of kind {@code PERMANENT} naming what is missing
   */
  SourceDescription describe(SettleOptions options);

  /** Returns when the server answers a trivial statement, otherwise says why not. */
  void check();

  /** A clock with an empty memory. */
  SettledClock settledClock(SettleOptions options);

  /**
   * Those of the tables that may have rows with {@code last_update} at or after their moment, for
   * as little as it costs to ask; a table that is not among them has none that is committed by now.
   *
   * @param since the moment of each table that is asked for
   */
  default Set<SourceTable> changedSince(Map<SourceTable, Instant> since) {
    return Set.copyOf(since.keySet());
  }

  /** Opens one consistent, read-only view of the present; holds one connection until closed. */
  SourceSnapshot snapshot();

  @Override
  void close();
}
