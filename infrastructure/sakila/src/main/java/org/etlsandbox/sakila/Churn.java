package org.etlsandbox.sakila;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.etlsandbox.sakila.SakilaShape.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The daily work of the shop: a set number of transactions a second on a seeded database, until it
 * is stopped.
 *
 * <p>Of the transactions 2 % commit late and so out of order, 3 % roll back, and some rows change
 * twice within a second. Without deletes nothing happens that polling cannot see: no row is
 * deleted, no category taken from a film. {@code last_update} is never set by hand. Which
 * operations come in which order depends on the seed alone; which rows they meet also on what ran
 * beside them.
 *
 * <p>The rate is held by a schedule: transaction n is due n / rate seconds after the start. What
 * was held up by locks is caught up with; a server that cannot keep up is simply always busy.
 *
 * <p>Uses at most twice as many connections as it has workers: a late transaction keeps its own.
 * One instance runs once. All methods may be called from any thread.
 */
public final class Churn implements AutoCloseable {

  private static final int LATE_PER_THOUSAND = 20;
  private static final int ROLLBACK_PER_THOUSAND = 30;
  private static final int CORRECT_AGAIN_PER_THOUSAND = 150;
  private static final int ATTEMPTS = 5;

  private final Deck deck;
  private final long seed;
  private final int transactionsPerSecond;
  private final Duration maxHold;
  private final Counters counters;
  private final List<Thread> workers = new ArrayList<>();
  private final int workerCount;
  private final Semaphore late;

  /** Moments of the schedule that are taken, and operations that are taken from the deck. */
  private final AtomicLong slots = new AtomicLong();

  private final AtomicLong cards = new AtomicLong();

  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong rolledBack = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong lastCommitMillis = new AtomicLong();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Ids ids;
  private volatile long startedNanos;

  private Churn(Builder builder, DataSource source) {
    this.deck = new Deck(builder.deletes, builder.seed);
    this.seed = builder.seed;
    this.transactionsPerSecond = builder.transactionsPerSecond;
    this.maxHold = builder.maxHold;
    this.counters = new Counters(source);
    this.workerCount = builder.workers;
    this.late = new Semaphore(builder.workers);
  }

  /** 10 transactions a second, 4 workers, late by up to 2 s, no deletes, seed 1. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads which ids there are and lets the workers begin.
   *
   * @throws SQLException if the database cannot be reached or is not a Sakila
   * @throws IllegalStateException if it was started or stopped before
   */
  public synchronized void start() throws SQLException {
    if (ids != null || stopping.getCount() == 0) {
      throw new IllegalStateException("This churn was started or stopped before: build a new one.");
    }
    Connection connection = counters.take();
    try {
      ids = Ids.read(connection);
      connection.rollback();
    } finally {
      counters.giveBack(connection);
      if (ids == null) {
        counters.close();
      }
    }
    startedNanos = System.nanoTime();
    for (int i = 1; i <= workerCount; i++) {
      workers.add(Thread.ofPlatform().daemon().name("churn-" + i).start(this::work));
    }
  }

  /**
   * Begins nothing more and waits until every transaction has committed or rolled back: at most the
   * longest hold and what the server takes. Repeating it does no harm.
   */
  public synchronized void stop() {
    stopping.countDown();
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          // Leaving now would leave transactions open behind a caller who was promised none.
          interrupted = true;
        }
      }
    }
    late.acquireUninterruptibly(workerCount);
    late.release(workerCount);
    counters.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  /** Transactions committed so far, also those whose changes met no row. */
  public long committed() {
    return committed.get();
  }

  /** Transactions rolled back so far, on purpose or because another one was first. */
  public long rolledBack() {
    return rolledBack.get();
  }

  /**
   * Why the churn stopped by itself, or null. Deadlocks, lock timeouts and lost races never do
   * that; a server that is gone does.
   */
  public @Nullable Throwable failure() {
    return failure.get();
  }

  /** When the last commit returned, on this machine's clock; {@link Instant#EPOCH} before any. */
  public Instant lastCommit() {
    return Instant.ofEpochMilli(lastCommitMillis.get());
  }

  private void work() {
    try {
      while (awaitTurn(slots.getAndIncrement())) {
        serve(cards.getAndIncrement());
      }
    } catch (SQLException | RuntimeException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    }
  }

  private boolean awaitTurn(long slot) throws InterruptedException {
    long due = startedNanos + (long) (slot * 1e9 / transactionsPerSecond);
    return !stopping.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void serve(long card) throws SQLException {
    Operation operation = deck.card(card);
    Draw outcome = new Draw(seed, Stream.OUTCOME, card);
    boolean rollback = outcome.chance(ROLLBACK_PER_THOUSAND);
    boolean hold = outcome.chance(LATE_PER_THOUSAND);
    boolean again = outcome.chance(CORRECT_AGAIN_PER_THOUSAND);
    Connection connection = counters.take();
    try {
      if (!perform(connection, operation, card)) {
        counters.giveBack(connection);
      } else if (hold && late.tryAcquire()) {
        Duration held = Duration.ofMillis(1 + outcome.below(Math.max(1, maxHold.toMillis())));
        Thread.ofVirtual().name("churn-late").start(() -> endLate(connection, rollback, held));
      } else {
        end(connection, rollback);
        if (operation == Operation.CORRECT_AMOUNT && again) {
          correctAgain(connection, card);
        }
        counters.giveBack(connection);
      }
    } catch (SQLException | RuntimeException e) {
      counters.discard(connection);
      throw e;
    }
  }

  // At once, so that it falls into the same second; it takes a slot but is no card of its own.
  private void correctAgain(Connection connection, long card) throws SQLException {
    slots.getAndIncrement();
    if (perform(connection, Operation.CORRECT_AMOUNT_AGAIN, card)) {
      end(connection, false);
    }
  }

  /** Does the work and leaves the transaction open; false if it had to be rolled back. */
  private boolean perform(Connection connection, Operation operation, long card)
      throws SQLException {
    for (int attempt = 1; ; attempt++) {
      Draw draw = new Draw(seed, Stream.TRANSACTION, card);
      try {
        operation.work().run(new ShopTransaction(connection, draw, readIds()));
        return true;
      } catch (SQLException e) {
        Collision collision = Collision.of(e);
        if (collision == Collision.NONE) {
          throw e;
        }
        connection.rollback();
        if (collision == Collision.LOST || attempt == ATTEMPTS) {
          rolledBack.incrementAndGet();
          return false;
        }
      }
    }
  }

  private Ids readIds() {
    Ids known = ids;
    if (known == null) {
      throw new IllegalStateException("The churn has not been started.");
    }
    return known;
  }

  private void endLate(Connection connection, boolean rollback, Duration held) {
    try {
      Thread.sleep(held);
      end(connection, rollback);
      counters.giveBack(connection);
    } catch (SQLException | RuntimeException e) {
      counters.discard(connection);
      fail(e);
    } catch (InterruptedException e) {
      // Nobody else knows this thread.
      throw new IllegalStateException("A late transaction was interrupted", e);
    } finally {
      late.release();
    }
  }

  private void end(Connection connection, boolean rollback) throws SQLException {
    if (rollback) {
      connection.rollback();
      rolledBack.incrementAndGet();
      return;
    }
    connection.commit();
    committed.incrementAndGet();
    lastCommitMillis.accumulateAndGet(System.currentTimeMillis(), Math::max);
  }

  private void fail(Throwable reason) {
    failure.compareAndSet(null, reason);
    stopping.countDown();
  }

  /** Sets how the shop works; see {@link Churn#builder}. */
  public static final class Builder {
    private @Nullable DataSource source;
    private int transactionsPerSecond = 10;
    private long seed = 1;
    private boolean deletes;
    private int workers = 4;
    private Duration maxHold = Duration.ofSeconds(2);

    private Builder() {}

    /** Required; its current database must be a seeded Sakila. */
    public Builder dataSource(DataSource source) {
      this.source = source;
      return this;
    }

    /**
     * @param rate 1 to 10,000, over all workers, rollbacks included
     */
    public Builder transactionsPerSecond(int rate) {
      this.transactionsPerSecond = within("transactions a second", rate, 10_000);
      return this;
    }

    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Whether things happen that polling cannot see and only a sweep finds. */
    public Builder deletes(boolean deletes) {
      this.deletes = deletes;
      return this;
    }

    /**
     * @param workers 1 to 256 threads
     */
    public Builder workers(int workers) {
      this.workers = within("workers", workers, 256);
      return this;
    }

    /** How long a late transaction stays open at most; zero or more. */
    public Builder maxHold(Duration maxHold) {
      if (maxHold.isNegative()) {
        throw new IllegalArgumentException(
            "The longest hold is " + maxHold + ": choose 0 or more.");
      }
      this.maxHold = maxHold;
      return this;
    }

    public Churn build() {
      if (source == null) {
        throw new IllegalStateException("The churn has no database: call dataSource(…) first.");
      }
      return new Churn(this, source);
    }

    private static int within(String what, int value, int most) {
      if (value < 1 || value > most) {
        throw new IllegalArgumentException(
            "The number of " + what + " is " + value + ": choose one from 1 to " + most + ".");
      }
      return value;
    }
  }
}
