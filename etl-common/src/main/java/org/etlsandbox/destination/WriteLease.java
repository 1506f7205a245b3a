package org.etlsandbox.destination;

/** The right to write into one destination, held by one leader at a time. */
public interface WriteLease {

  /** Number of this leadership; higher than that of every earlier leader. */
  long epoch();

  /**
   * Returns while the lease is held.
   *
   * @throws org.etlsandbox.failure.StoreException of kind {@code FENCED} when it has run out
   */
  void ensureHeld();
}
