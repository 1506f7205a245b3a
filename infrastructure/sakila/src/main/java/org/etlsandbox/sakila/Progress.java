package org.etlsandbox.sakila;

import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What the loading threads share: the number of rows done, and whether one of them has failed. */
final class Progress {

  private final LongConsumer listener;
  private long rows;
  private volatile boolean failed;

  Progress(LongConsumer listener) {
    this.listener = listener;
  }

  synchronized void add(int inserted) {
    rows += inserted;
    listener.accept(rows);
  }

  boolean failed() {
    return failed;
  }

  void fail() {
    failed = true;
  }

  @Nullable Void stopOthersIfFailing(Load load) throws SQLException {
    boolean done = false;
    try {
      load.run();
      done = true;
    } finally {
      if (!done) {
        fail();
      }
    }
    return null;
  }

  /** One table's load. */
  interface Load {
    void run() throws SQLException;
  }
}
