package org.etlsandbox.benchmark;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.etlsandbox.soak.stage.Login;

/**
 * Commits changes at moments that are fixed in advance: a server that is slow for a while gets no
 * fewer of them. Each is a transaction of its own.
 */
final class ChangeWriter {

  /** So that the next one need not wait for the fsync of the one before. */
  private static final int CONNECTIONS = 16;

  private static final String UPDATE = "UPDATE payment SET amount = ? WHERE payment_id = ?";

  private final Login jupiter;
  private final Changes changes;

  ChangeWriter(Login jupiter, Changes changes) {
    this.jupiter = jupiter;
    this.changes = changes;
  }

  /**
   * What was written.
   *
   * @param perSecond changes a second that were reached
   * @param lateSeconds of each change, how long after its moment its statement began
   */
  record Written(double perSecond, List<Double> lateSeconds) {}

  /** Writes the changes {@code [from, to)}, so many a second. */
  Written write(int from, int to, int perSecond) throws SQLException, InterruptedException {
    AtomicInteger next = new AtomicInteger(from);
    List<Double> late = Collections.synchronizedList(new ArrayList<>());
    List<Connection> connections = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(jupiter.connect());
      }
      long began = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (Connection connection : connections) {
        running.add(
            threads.submit(() -> {
              run(connection, next, from, to, began, perSecond, late);
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Written((to - from) / seconds, late);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A change could not be made: " + e.getCause(), e);
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private void run(
      Connection connection,
      AtomicInteger next,
      int from,
      int to,
      long began,
      int perSecond,
      List<Double> late)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      for (int change = next.getAndIncrement(); change < to; change = next.getAndIncrement()) {
        long due = began + (change - from) * 1_000_000_000L / perSecond;
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
        }
        late.add((System.nanoTime() - due) / 1e9);
        update.setBigDecimal(1, BigDecimal.valueOf(changes.cents(change), 2));
        update.setLong(2, changes.payment(change));
        if (update.executeUpdate() != 1) {
          throw new IllegalStateException("Payment %d is gone".formatted(changes.payment(change)));
        }
        changes.committed(change, System.nanoTime());
      }
    }
  }
}
