package org.etlsandbox.soak.commits;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.etlsandbox.soak.commits.OpenTransactions.Hidden;
import org.etlsandbox.soak.commits.OpenTransactions.Open;
import org.etlsandbox.soak.stage.Login;
import org.jspecify.annotations.Nullable;

/**
 * Makes statements wait for metadata locks: locks a table for some seconds while others begin to
 * write into it, who then idle before they commit. The server tells such a transaction's start
 * later than the {@code last_update} that it wrote. Also changes tables while all others work.
 */
final class MetadataLocks implements AutoCloseable {

  private static final int ER_LOCK_WAIT_TIMEOUT = 1205;
  private static final int HELD_MILLIS = 2_600;
  private static final int LOCKED_OUT = 3;

  private static final List<String> TABLES =
      List.of("category", "film", "film_category", "customer", "inventory");

  private final Trial trial;
  private final Login jupiter;
  private final OpenTransactions transactions;
  private final Tally tally;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean stopped;

  MetadataLocks(Trial trial, Login jupiter, OpenTransactions transactions, Tally tally) {
    this.trial = trial;
    this.jupiter = jupiter;
    this.transactions = transactions;
    this.tally = tally;
    this.thread = Thread.ofVirtual().name("metadata-locks").start(this::run);
  }

  private void run() {
    Random dice = new Random(trial.seed());
    try (Connection connection = jupiter.connect();
        Statement statement = connection.createStatement()) {
      // Whoever waits for longer keeps all others waiting behind him. The second one: MariaDB's
      // ALTER TABLE waits for rows of the tables that refer to this one, while it keeps everybody
      // from reading it
      statement.execute("SET SESSION lock_wait_timeout = 2, innodb_lock_wait_timeout = 2");
      for (int round = 0; !stopped; round++) {
        String table = TABLES.get(round % TABLES.size());
        try {
          if (round % 4 == 3) {
            alter(statement, table, round);
          } else {
            statement.execute("LOCK TABLES %s READ".formatted(table));
            lockOut(statement, table, dice);
          }
        } catch (SQLException e) {
          if (e.getErrorCode() != ER_LOCK_WAIT_TIMEOUT) {
            throw e;
          }
        }
        Thread.sleep(500 + dice.nextInt(3_000));
      }
    } catch (SQLException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.compareAndSet(null, e);
    }
  }

  /** While it waits, or works, no worker can read the table, and so none can poll. */
  private void alter(Statement locker, String table, int round) throws SQLException {
    try (Hidden nothingIsRead = transactions.hidden()) {
      locker.execute("ALTER TABLE %s COMMENT = 'round %d'".formatted(table, round));
    }
  }

  private void lockOut(Statement locker, String table, Random dice)
      throws SQLException, InterruptedException {
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < LOCKED_OUT; i++) {
      int idle = 1_500 + dice.nextInt(2_500);
      int row = 1 + i + LOCKED_OUT * dice.nextInt(5);
      waiting.add(Thread.ofVirtual().start(() -> writeAndIdle(table, row, idle)));
    }
    Thread.sleep(HELD_MILLIS);
    locker.execute("UNLOCK TABLES");
    for (Thread one : waiting) {
      one.join();
    }
  }

  private void writeAndIdle(String table, int row, int idleMillis) {
    try (Connection connection = Writers.connect(jupiter, trial);
        Statement statement = connection.createStatement();
        Open open = transactions.begin()) {
      statement.execute(update(table, row));
      boolean waited = System.currentTimeMillis() - open.started() > HELD_MILLIS / 2;
      Thread.sleep(idleMillis);
      connection.commit();
      tally.committed.incrementAndGet();
      if (waited) {
        tally.lockedOut.incrementAndGet();
      }
    } catch (SQLException e) {
      // Another writer's row for too long, or a deadlock: the server has rolled it back
      tally.rolledBack.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String update(String table, int row) {
    return switch (table) {
      case "film" ->
          "UPDATE film SET title = '%s' WHERE film_id = %d".formatted(ShopWork.text(), row);
      case "category" ->
          "UPDATE category SET name = '%s' WHERE category_id = %d".formatted(ShopWork.text(), row);
      case "customer" ->
          "UPDATE customer SET first_name = '%s' WHERE customer_id = %d"
              .formatted(ShopWork.text(), row);
      case "inventory" ->
          "UPDATE inventory SET film_id = 1 + film_id %% 300 WHERE inventory_id = %d"
              .formatted(row);
      case "film_category" ->
          """
          INSERT INTO film_category (film_id, category_id)
          SELECT %d, MIN(c.category_id) FROM category c
          WHERE c.category_id NOT IN (SELECT category_id FROM film_category WHERE film_id = %d)
          HAVING MIN(c.category_id) IS NOT NULL
          """
              .formatted(row, row);
      default -> throw new IllegalArgumentException(table);
    };
  }

  void requireNoFailure() {
    Throwable reason = failure.get();
    if (reason != null) {
      throw new IllegalStateException("The locker of tables failed: " + reason, reason);
    }
  }

  /** Waits until what it began has ended. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
