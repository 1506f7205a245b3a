package org.etlsandbox.testkit.sakila;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.SourceTable;

/** What a test does to Jupiter. For one thread. Foreign keys are not enforced. */
public interface SakilaWriter {

  /** Inserts rows or overwrites those with the same key, all in one transaction. */
  void put(SakilaRow... rows);

  void delete(SourceTable table, ChangeKey key);

  /** A transaction that stays open, on a connection of its own. */
  SakilaTransaction begin();

  /** Jupiter's clock in whole seconds. */
  Instant now();

  /** Lets Jupiter's clock go on: by waiting, or at once where the clock is the test's. */
  void letPass(Duration time);

  void dropTable(SourceTable table);

  void dropColumn(SourceTable table, String column);

  /** The plain seven-way join of all that is committed, in key order; zero dates left out. */
  List<CustomerOrderFlat> join();

  /** An open transaction; closing rolls back what was not committed. */
  interface SakilaTransaction extends AutoCloseable {

    void put(SakilaRow... rows);

    void commit();

    void rollback();

    @Override
    default void close() {
      rollback();
    }
  }
}
