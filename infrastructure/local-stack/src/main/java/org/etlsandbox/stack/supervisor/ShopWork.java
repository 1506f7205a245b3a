package org.etlsandbox.stack.supervisor;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.sakila.Churn;
import org.etlsandbox.stack.plan.Durations;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.StackOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The churn on the embedded Jupiter, for as long as was asked for. */
final class ShopWork implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShopWork.class);
  private static final int TRANSACTIONS_PER_WORKER = 50;
  private static final int WORKERS_MIN = 4;
  private static final int WORKERS_MAX = 64;

  private final StackOptions options;
  private final Journal journal;
  private @Nullable Churn churn;

  ShopWork(StackOptions options, Journal journal) {
    this.options = options;
    this.journal = journal;
  }

  /** Begins if a churn was asked for; returns at once. */
  void start(Engine jupiter) {
    if (options.churn() == 0) {
      return;
    }
    Churn started =
        Churn.builder()
            .dataSource(JupiterSeed.dataSource(jupiter))
            .transactionsPerSecond(options.churn())
            .seed(options.seed())
            .deletes(options.churnDeletes())
            .workers(
                Math.clamp(options.churn() / TRANSACTIONS_PER_WORKER, WORKERS_MIN, WORKERS_MAX))
            .build();
    try {
      started.start();
    } catch (SQLException e) {
      throw StackFailure.failed("The churn could not start: " + e.getMessage(), e);
    }
    synchronized (this) {
      churn = started;
    }
    LOG.info("Churn of {} transactions a second", options.churn());
    if (options.churnFor().isPositive()) {
      Thread.ofVirtual().name("churn-end").start(this::endInTime);
    }
  }

  private void endInTime() {
    try {
      TimeUnit.NANOSECONDS.sleep(options.churnFor().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Churn ending = take();
    if (ending != null) {
      ending.stop();
      journal.note(
          "The churn ended after %s: %,d transactions, the last commit at %s."
              .formatted(
                  Durations.format(options.churnFor()), ending.committed(), ending.lastCommit()));
    }
  }

  /** Why the churn stopped by itself; null if it did not. */
  synchronized @Nullable Throwable failure() {
    return churn == null ? null : churn.failure();
  }

  private synchronized @Nullable Churn take() {
    Churn taken = churn;
    churn = null;
    return taken;
  }

  @Override
  public void close() {
    Churn running = take();
    if (running != null) {
      running.close();
    }
  }
}
