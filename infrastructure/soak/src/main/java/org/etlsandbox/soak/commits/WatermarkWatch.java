package org.etlsandbox.soak.commits;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.etlsandbox.soak.stage.Login;
import org.jspecify.annotations.Nullable;

/**
 * Reads the watermarks five times a second and compares them with what the writers know to be open.
 * A transaction that has just ended still counts for {@value #GRACE_MILLIS} ms: until a poll has
 * had its turn.
 */
final class WatermarkWatch implements AutoCloseable {

  static final int GRACE_MILLIS = 3_000;

  private static final int PAUSE_MILLIS = 200;

  private static final String WATERMARKS =
      """
      SELECT worker, EXTRACT(EPOCH FROM min(watermark)) * 1000
      FROM checkpoint
      GROUP BY worker
      """;

  /**
   * @param behindMillis the farthest that the watermark was behind the clock
   * @param excessMillis the most by which that exceeded the age of the oldest transaction
   * @param samples how often both were looked at
   */
  public record Worst(long behindMillis, long excessMillis, long samples) {
    Worst or(long behind, long excess) {
      return new Worst(Math.max(behindMillis, behind), Math.max(excessMillis, excess), samples + 1);
    }
  }

  private final Login control;
  private final OpenTransactions transactions;
  private final Map<String, Worst> worst = new TreeMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean stopped;

  WatermarkWatch(Login control, OpenTransactions transactions) {
    this.control = control;
    this.transactions = transactions;
    this.thread = Thread.ofPlatform().daemon().name("watermark-watch").start(this::run);
  }

  private void run() {
    try (Connection connection = control.connect();
        Statement statement = connection.createStatement()) {
      while (!stopped) {
        look(statement);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (SQLException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Statement statement) throws SQLException {
    long now = System.currentTimeMillis();
    long oldest = transactions.oldest(now, now - GRACE_MILLIS);
    try (ResultSet row = statement.executeQuery(WATERMARKS)) {
      while (row.next()) {
        long watermark = row.getLong(2);
        synchronized (this) {
          worst.merge(
              row.getString(1),
              new Worst(now - watermark, oldest - watermark, 1),
              (before, one) -> before.or(one.behindMillis, one.excessMillis));
        }
      }
    }
  }

  synchronized Map<String, Worst> worst() {
    return new TreeMap<>(worst);
  }

  void requireNoFailure() {
    Throwable reason = failure.get();
    if (reason != null) {
      throw new IllegalStateException("Could not read the watermarks: " + reason, reason);
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
