package org.etlsandbox.testkit;

import java.util.OptionalInt;
import org.etlsandbox.destination.Destination;

/** An empty store, made for one test and dropped after it. */
public interface TestStore extends AutoCloseable {

  /** The label of what the test runs on: {@code PostgreSQL 18.6 (embedded)}. */
  String engine();

  /**
   * Opens the store. A second call opens the same store once more, as a restarted worker would;
   * whoever opened closes.
   */
  Destination open();

  /** The sessions that the store's server holds for this store; empty where it has no sessions. */
  OptionalInt sessions();

  /** Drops the store with all that is in it. */
  @Override
  void close();
}
