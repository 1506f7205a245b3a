package org.etlsandbox.soak.commits;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.etlsandbox.soak.commits.OpenTransactions.Hidden;
import org.etlsandbox.soak.stage.Login;
import org.jspecify.annotations.Nullable;

/**
 * A monitor that reads {@code innodb_trx} fifty times a second, for some seconds at a time: the
 * server's cache stays as it was at the beginning, and transactions that begin meanwhile are
 * invisible there. A worker that needs this table must hold its watermark until the cache is
 * renewed, and take what it finds then for as old as its last good look: so where that is the case,
 * the time counts as an open transaction, all that begin in it count from its beginning, and all
 * that end in it until its end.
 */
final class RestlessReader implements AutoCloseable {

  private static final int BURST_MILLIS = 3_500;
  private static final int PAUSE_MILLIS = 20;

  private final Trial trial;
  private final Login jupiter;
  private final OpenTransactions transactions;
  private final Tally tally;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean stopped;

  RestlessReader(Trial trial, Login jupiter, OpenTransactions transactions, Tally tally) {
    this.trial = trial;
    this.jupiter = jupiter;
    this.transactions = transactions;
    this.tally = tally;
    this.thread = Thread.ofVirtual().name("restless-reader").start(this::run);
  }

  private void run() {
    Random dice = new Random(trial.seed() + 1);
    try (Connection connection = jupiter.connect();
        Statement statement = connection.createStatement()) {
      while (!stopped) {
        if (trial.jupiter().isHeldByARestlessReader()) {
          try (Hidden nothingIsSeen = transactions.hidden()) {
            burst(statement);
          }
        } else {
          burst(statement);
        }
        Thread.sleep(2_000 + dice.nextInt(3_000));
      }
    } catch (SQLException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.compareAndSet(null, e);
    }
  }

  private void burst(Statement statement) throws SQLException, InterruptedException {
    long end = System.nanoTime() + BURST_MILLIS * 1_000_000L;
    while (!stopped && System.nanoTime() < end) {
      statement.executeQuery("SELECT trx_id FROM information_schema.innodb_trx").close();
      Thread.sleep(PAUSE_MILLIS);
    }
    tally.bursts.incrementAndGet();
  }

  void requireNoFailure() {
    Throwable reason = failure.get();
    if (reason != null) {
      throw new IllegalStateException("The restless reader failed: " + reason, reason);
    }
  }

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
