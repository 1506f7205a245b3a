package org.etlsandbox.source;

/**
 * Tells up to which moment of Jupiter's clock everything has been committed. Remembers the
 * transactions it has seen, so each worker has one of its own. For one thread.
 */
public interface SettledClock {

  /** Asks Jupiter. The data must be read afterwards, in a new snapshot. */
  Settled settle();
}
