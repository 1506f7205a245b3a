package org.etlsandbox.sakila.ping;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Inserts a {@link MarkedRental} into Jupiter, waits until each destination shows it, takes it out
 * again and waits until each has lost it. Destinations are asked themselves, not their workers.
 *
 * <p>Times are from the return of Jupiter's commit until a destination was seen to have it; it is
 * asked every {@value #ASK_EVERY_MILLIS} ms.
 */
public final class Ping {

  private static final int ASK_EVERY_MILLIS = 20;

  /** Whoever waits that long for a ping has given up or was killed. */
  private static final long LEFT_BEHIND_SECONDS = 900;

  /** The longest time that a ping may wait. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private static final String SHOWN =
      """
      SELECT COUNT(*) FROM customer_order_flat_current WHERE rental_id = ? AND customer_name = ?
      """;

  /** Makes connections; each is closed after use. */
  public interface Database {
    Connection connect() throws SQLException;
  }

  /**
   * A copy of the flats.
   *
   * @param title as users know it: {@code Neptune}
   */
  public record Destination(String title, Database database) {}

  /**
   * What became of the rental in one destination.
   *
   * @param arrived after that long; null: not in time
   * @param gone after that long; null: not in time, or it had not arrived
   * @param problem why the destination could not be asked; null if it could
   */
  public record Outcome(
      String destination,
      @Nullable Duration arrived,
      @Nullable Duration gone,
      @Nullable String problem) {

    /** Whether it came and went. */
    public boolean isWell() {
      return arrived != null && gone != null;
    }
  }

  /** Told as it happens; calls may come from several threads at once. */
  public interface Listener {
    /** An earlier ping was killed before it could take its rental away; now it is gone. */
    void removedLeftBehind(MarkedRental rental);

    void inserted(MarkedRental rental);

    void arrived(String destination, Duration after);

    /** The rental has left the join. */
    void leaves();

    void gone(String destination, Duration after);

    /** All of it is deleted in Jupiter. */
    void deleted();
  }

  private final Database jupiter;
  private final List<Destination> destinations;
  private final Duration patience;
  private final Listener listener;

  /**
   * @param patience how long to wait for the rental to arrive, and once more for it to be gone; at
   *     most {@link #LONGEST}
   */
  public Ping(
      Database jupiter, List<Destination> destinations, Duration patience, Listener listener) {
    this.jupiter = jupiter;
    this.destinations = List.copyOf(destinations);
    this.patience = patience;
    this.listener = listener;
  }

  /**
   * Takes the rental away whatever happens; also when the JVM is told to end meanwhile, then
   * without waiting for the destinations, which find out by their next sweep.
   *
   * @return in the order of the destinations
   */
  public List<Outcome> run() throws SQLException, InterruptedException {
    List<Destined> all = new ArrayList<>();
    try (Connection connection = jupiter.connect()) {
      for (MarkedRental rental : MarkedRental.leftBehind(connection, LEFT_BEHIND_SECONDS)) {
        rental.delete(connection);
        listener.removedLeftBehind(rental);
      }
      // Connected before the clock starts
      destinations.forEach(destination -> all.add(new Destined(destination)));
      follow(connection, all);
    } finally {
      all.forEach(Destined::close);
    }
    return all.stream().map(Destined::outcome).toList();
  }

  private void follow(Connection connection, List<Destined> all)
      throws SQLException, InterruptedException {
    MarkedRental rental = MarkedRental.insert(connection);
    long inserted = System.nanoTime();
    Thread end = Thread.ofPlatform().unstarted(() -> deleteAtOnce(rental));
    Runtime.getRuntime().addShutdownHook(end);
    try {
      listener.inserted(rental);
      inParallel(all, destined -> destined.awaitArrival(rental, inserted));
      rental.leaveTheJoin(connection);
      long left = System.nanoTime();
      listener.leaves();
      inParallel(all, destined -> destined.awaitGone(rental, left));
    } finally {
      rental.delete(connection);
      removeHook(end);
    }
    listener.deleted();
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs and finds nothing left to delete
    }
  }

  private void deleteAtOnce(MarkedRental rental) {
    try (Connection connection = jupiter.connect()) {
      rental.delete(connection);
      System.err.printf(
          "%nCut short: rental %d is deleted; where it has arrived, the next sweep takes it away.%n",
          rental.rentalId());
    } catch (SQLException e) {
      System.err.printf(
          "%nRental %d of customer %d ('%s') is still in Jupiter (%s); the next ping deletes it.%n",
          rental.rentalId(), rental.customerId(), rental.customerName(), e.getMessage());
    }
  }

  private interface Step {
    void on(Destined destined) throws InterruptedException;
  }

  private static void inParallel(List<Destined> all, Step step) throws InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> steps = new ArrayList<>();
      for (Destined destined : all) {
        steps.add(() -> {
          step.on(destined);
          return destined;
        });
      }
      for (Future<Object> end : executor.invokeAll(steps)) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A destination during a ping. */
  private final class Destined implements AutoCloseable {

    private final String title;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement shown;
    private @Nullable Duration arrived;
    private @Nullable Duration gone;
    private @Nullable String problem;

    Destined(Destination destination) {
      this.title = destination.title();
      try {
        connection = destination.database().connect();
        shown = connection.prepareStatement(SHOWN);
        isShown(shown, new MarkedRental(0, 0, ""));
      } catch (SQLException e) {
        problem = String.valueOf(e.getMessage());
      }
    }

    void awaitArrival(MarkedRental rental, long since) throws InterruptedException {
      arrived = await(rental, true, since);
      if (arrived != null) {
        listener.arrived(title, arrived);
      }
    }

    void awaitGone(MarkedRental rental, long since) throws InterruptedException {
      if (arrived == null) {
        return;
      }
      gone = await(rental, false, since);
      if (gone != null) {
        listener.gone(title, gone);
      }
    }

    private @Nullable Duration await(MarkedRental rental, boolean wanted, long since)
        throws InterruptedException {
      PreparedStatement statement = shown;
      if (statement == null || problem != null) {
        return null;
      }
      try {
        while (System.nanoTime() - since < patience.toNanos()) {
          if (isShown(statement, rental) == wanted) {
            return Duration.ofNanos(System.nanoTime() - since);
          }
          TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
        }
      } catch (SQLException e) {
        problem = String.valueOf(e.getMessage());
      }
      return null;
    }

    private static boolean isShown(PreparedStatement statement, MarkedRental rental)
        throws SQLException {
      statement.setLong(1, rental.rentalId());
      statement.setString(2, rental.customerName());
      try (ResultSet count = statement.executeQuery()) {
        return count.next() && count.getLong(1) > 0;
      }
    }

    Outcome outcome() {
      return new Outcome(title, arrived, gone, problem);
    }

    @Override
    public void close() {
      if (connection != null) {
        try {
          connection.close();
        } catch (SQLException e) {
          // It was only read from, and it is not needed any more
        }
      }
    }
  }
}
