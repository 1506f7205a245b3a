package org.etlsandbox.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.Product;
import org.jspecify.annotations.Nullable;

/**
 * Notes when changes can be seen in a destination. It asks every {@value #PAUSE_MILLIS} ms for the
 * rows that are still to be seen, and for no others; a change counts as visible when the answer
 * that has it was read.
 */
final class ArrivalWatch implements AutoCloseable {

  static final int PAUSE_MILLIS = 50;

  private static final String ROWS =
      """
      SELECT payment_id, amount
        FROM customer_order_flat_current
       WHERE rental_id BETWEEN %d AND %d
      """;

  /**
   * Without FINAL: the newest version of a row wins as soon as it is there, and the older ones do
   * not have the amount that is looked for.
   */
  private static final String CLICKHOUSE_ROWS =
      """
      SELECT payment_id, amount
        FROM customer_order_flat
       WHERE rental_id BETWEEN %d AND %d AND is_deleted = 0
      """;

  private final Database database;
  private final Changes changes;
  private final AtomicLongArray seen;
  private final List<Double> looks = new ArrayList<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile int lowest;
  private volatile @Nullable Exception failure;

  private ArrivalWatch(Database database, Changes changes) {
    this.database = database;
    this.changes = changes;
    this.seen = new AtomicLongArray(changes.size());
    this.thread =
        Thread.ofPlatform().name("watch-" + database.destination().key()).unstarted(this::run);
  }

  static ArrivalWatch start(Database database, Changes changes) {
    ArrivalWatch watch = new ArrivalWatch(database, changes);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try (Connection connection = database.login().connect();
        Statement statement = connection.createStatement()) {
      long before = 0;
      while (!stopping) {
        if (look(statement)) {
          long now = System.nanoTime();
          if (before != 0) {
            noteLook((now - before) / 1e9);
          }
          before = now;
        } else {
          before = 0;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (SQLException | RuntimeException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void noteLook(double seconds) {
    looks.add(seconds);
  }

  /** Returns false when there is nothing to be seen. */
  private boolean look(Statement statement) throws SQLException {
    int last = changes.last();
    if (lowest > last) {
      return false;
    }
    String sql = database.product() == Product.CLICKHOUSE ? CLICKHOUSE_ROWS : ROWS;
    List<Integer> found = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(sql.formatted(changes.rental(lowest), changes.rental(last)))) {
      while (row.next()) {
        int change =
            changes.of(row.getLong(1), row.getBigDecimal(2).movePointRight(2).longValueExact());
        if (change >= 0) {
          found.add(change);
        }
      }
    }
    long now = System.nanoTime();
    for (int change : found) {
      seen.compareAndSet(change, 0, now);
    }
    int next = lowest;
    while (next < seen.length() && seen.get(next) != 0) {
      next++;
    }
    lowest = next;
    return true;
  }

  Database database() {
    return database;
  }

  /** Whether all changes before this one were seen. */
  boolean hasSeenAllBefore(int change) {
    Exception broken = failure;
    if (broken != null) {
      throw new IllegalStateException(
          "%s could not be asked: %s".formatted(database.title(), broken), broken);
    }
    return lowest >= change;
  }

  /**
   * From commit to visible, in seconds, of those of the changes {@code [from, to)} that were seen.
   */
  List<Double> delays(int from, int to) {
    List<Double> delays = new ArrayList<>();
    for (int change = from; change < to; change++) {
      long moment = seen.get(change);
      if (moment != 0) {
        // Seen before the confirmation of its commit had reached the writer: at once
        delays.add(Math.max(0, moment - changes.committedAt(change)) / 1e9);
      }
    }
    return delays;
  }

  /** Between two looks, in seconds, since the last call. */
  synchronized List<Double> takeLooks() {
    List<Double> taken = List.copyOf(looks);
    looks.clear();
    return taken;
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
