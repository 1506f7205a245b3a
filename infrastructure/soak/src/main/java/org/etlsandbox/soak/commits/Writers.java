package org.etlsandbox.soak.commits;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.etlsandbox.soak.commits.KnownRows.Table;
import org.etlsandbox.soak.commits.OpenTransactions.Open;
import org.etlsandbox.soak.stage.Login;
import org.jspecify.annotations.Nullable;

/**
 * Many connections that each begin one transaction after the other: some statements, a wait
 * somewhere between them or before the end, and a commit or a rollback.
 */
final class Writers {

  private static final int ATTEMPTS = 8;
  private static final int ROLLBACK_PERCENT = 10;
  private static final int TWINS_PERCENT = 2;
  private static final int SHORT_MILLIS = 50;

  // https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
  private static final int ER_CHECKREAD = 1020; // MariaDB with innodb_snapshot_isolation
  private static final int ER_DUP_ENTRY = 1062;
  private static final int ER_LOCK_WAIT_TIMEOUT = 1205;
  private static final int ER_LOCK_DEADLOCK = 1213;

  private static final Set<Integer> TRY_AGAIN =
      Set.of(ER_CHECKREAD, ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK);

  private final Trial trial;
  private final Login jupiter;
  private final KnownRows rows;
  private final OpenTransactions transactions;
  private final Tally tally;
  private final AtomicLong begun = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();

  Writers(Trial trial, Login jupiter, KnownRows rows, OpenTransactions transactions, Tally tally) {
    this.trial = trial;
    this.jupiter = jupiter;
    this.rows = rows;
    this.transactions = transactions;
    this.tally = tally;
  }

  void start() {
    for (int i = 1; i <= trial.writers(); i++) {
      threads.add(Thread.ofVirtual().name("writer-" + i).start(this::work));
    }
  }

  boolean areDone() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  /** Throws what ended a writer before its time. */
  void requireNoFailure() {
    Throwable reason = failure.get();
    if (reason != null) {
      throw new IllegalStateException("A writer failed: " + reason, reason);
    }
  }

  /** A connection for writers, which waits for locks longer than anybody holds one. */
  static Connection connect(Login jupiter, Trial trial) throws SQLException {
    Connection connection = jupiter.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET SESSION innodb_lock_wait_timeout = " + (trial.longestWait().toSeconds() + 5));
    }
    connection.setAutoCommit(false);
    return connection;
  }

  private void work() {
    try (Connection connection = connect(jupiter, trial)) {
      for (long n = begun.getAndIncrement();
          n < trial.transactions() && failure.get() == null;
          n = begun.getAndIncrement()) {
        Random dice = new Random(trial.seed() * 1_000_000_007L + n);
        if (dice.nextInt(100) < TWINS_PERCENT) {
          begun.getAndIncrement();
          writeTwins(connection, dice);
        } else {
          write(connection, dice);
        }
      }
    } catch (SQLException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.compareAndSet(null, e);
    }
  }

  private void write(Connection connection, Random dice) throws SQLException, InterruptedException {
    int steps = 1 + dice.nextInt(3);
    // Half of them idle right before they end
    int waitAfter = dice.nextBoolean() ? steps : 1 + dice.nextInt(steps);
    boolean late = dice.nextInt(1000) < trial.latePerThousand();
    int wait = dice.nextInt(late ? (int) trial.longestWait().toMillis() : SHORT_MILLIS);
    boolean rollback = dice.nextInt(100) < ROLLBACK_PERCENT;
    boolean committed =
        inTransaction(
            connection,
            dice,
            rollback,
            work -> {
              for (int step = 1; step <= steps; step++) {
                work.step();
                if (step == waitAfter) {
                  Thread.sleep(wait);
                }
              }
            });
    if (late && committed) {
      tally.late.incrementAndGet();
    }
  }

  /** Both within one second of Jupiter's clock, with time for a poll in between. */
  private void writeTwins(Connection connection, Random dice)
      throws SQLException, InterruptedException {
    long rental = rows.any(Table.RENTAL, dice);
    Thread.sleep(1010 - System.currentTimeMillis() % 1000);
    boolean first = inTransaction(connection, dice, false, work -> work.changeRental(rental));
    Thread.sleep(100 + dice.nextInt(700));
    boolean second = inTransaction(connection, dice, false, work -> work.changeRental(rental));
    if (first && second) {
      tally.twins.incrementAndGet();
    }
  }

  /** Whether it has committed; a collision is tried again. */
  private boolean inTransaction(Connection connection, Random dice, boolean rollback, Steps steps)
      throws SQLException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      ShopWork work = new ShopWork(connection, rows, dice);
      try (Open open = transactions.begin()) {
        try {
          steps.run(work);
          if (rollback) {
            connection.rollback();
            tally.rolledBack.incrementAndGet();
            return false;
          }
          connection.commit();
        } catch (SQLException e) {
          connection.rollback();
          boolean again = TRY_AGAIN.contains(e.getErrorCode()) && attempt < ATTEMPTS;
          if (again) {
            tally.retried.incrementAndGet();
            continue;
          }
          if (e.getErrorCode() == ER_DUP_ENTRY || TRY_AGAIN.contains(e.getErrorCode())) {
            tally.rolledBack.incrementAndGet();
            return false;
          }
          throw e;
        }
      }
      work.committed();
      tally.committed.incrementAndGet();
      return true;
    }
  }

  /** What a transaction does before it ends. */
  @FunctionalInterface
  private interface Steps {
    void run(ShopWork work) throws SQLException, InterruptedException;
  }
}
