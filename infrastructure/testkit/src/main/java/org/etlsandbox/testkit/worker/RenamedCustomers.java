package org.etlsandbox.testkit.worker;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.etlsandbox.testkit.engine.TestDatabase;

/**
 * Gives some customers ever higher numbers for names, and watches their rows in the destination:
 * with a row's version its number must never go down.
 */
final class RenamedCustomers implements AutoCloseable {

  static final int CUSTOMERS = 5;

  private static final String NUMBERED = "\u2116";

  private static final String READ =
      """
      SELECT rental_id, payment_id, category_id, customer_name, row_version
      FROM customer_order_flat_current
      WHERE customer_id <= 5
      """;

  private final TestDatabase jupiter;
  private final TestDatabase destination;
  private final Map<String, Seen> rows = new HashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Future<Integer> renaming;
  private final Future<Integer> watching;
  private volatile boolean stopped;

  private RenamedCustomers(TestDatabase jupiter, TestDatabase destination) {
    this.jupiter = jupiter;
    this.destination = destination;
    this.renaming = threads.submit(this::rename);
    this.watching = threads.submit(this::watch);
  }

  static RenamedCustomers start(TestDatabase jupiter, TestDatabase destination) {
    return new RenamedCustomers(jupiter, destination);
  }

  private record Seen(long version, long number) {}

  private int rename() throws SQLException, InterruptedException {
    int number = 0;
    try (Connection connection = jupiter.connect();
        Statement statement = connection.createStatement()) {
      while (!stopped) {
        number++;
        statement.executeUpdate(
            "UPDATE customer SET last_name = '%s%d' WHERE customer_id <= %d"
                .formatted(NUMBERED, number, CUSTOMERS));
        Thread.sleep(300);
      }
    }
    return number;
  }

  private int watch() throws SQLException, InterruptedException {
    int newer = 0;
    while (!stopped) {
      Thread.sleep(20);
      try (Connection connection = destination.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(READ)) {
        while (row.next()) {
          if (see(row)) {
            newer++;
          }
        }
      } catch (SQLException e) {
        if (!rows.isEmpty()) {
          throw e;
        } // else the table is still to be made
      }
    }
    return newer;
  }

  private boolean see(ResultSet row) throws SQLException {
    String key = row.getLong(1) + "|" + row.getLong(2) + "|" + row.getLong(3);
    String name = row.getString(4);
    int mark = name.indexOf(NUMBERED);
    long number = mark < 0 ? 0 : Long.parseLong(name.substring(mark + NUMBERED.length()));
    Seen now = new Seen(row.getLong(5), number);
    Seen before = rows.put(key, now);
    if (before == null || before.equals(now)) {
      return false;
    }
    if (now.version() <= before.version() || now.number() < before.number()) {
      throw new AssertionError("Row %s was %s and became %s".formatted(key, before, now));
    }
    return true;
  }

  /** Ends both threads; fails when a row went back. */
  void stop() throws InterruptedException {
    stopped = true;
    renames();
    newerVersionsSeen();
  }

  int renames() throws InterruptedException {
    return resultOf(renaming);
  }

  int newerVersionsSeen() throws InterruptedException {
    return resultOf(watching);
  }

  private static int resultOf(Future<Integer> thread) throws InterruptedException {
    try {
      return thread.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.close();
  }
}
