package org.etlsandbox.source;

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

  /** Opens one consistent, read-only view of the present; holds one connection until closed. */
  SourceSnapshot snapshot();

  @Override
  void close();
}
