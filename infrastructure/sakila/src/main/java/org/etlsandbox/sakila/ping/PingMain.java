package org.etlsandbox.sakila.ping;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.etlsandbox.sakila.Environment;
import org.etlsandbox.sakila.JupiterSetup;

/**
 * {@link Ping} for the containers, with what it needs from the environment: {@code JUPITER_URL},
 * {@code JUPITER_USERNAME}, {@code JUPITER_PASSWORD_FILE}, an account that may write, and the same
 * for those of the destinations that are to be asked: {@code NEPTUNE_…}, {@code CLICKHOUSE_…},
 * {@code MARS_…}, {@code VENUS_…}; {@code PING_SECONDS} is how long to wait (60).
 *
 * <p>A Jupiter that {@link JupiterSetup} did not make is left alone without {@code --yes}.
 *
 * <p>Exit codes: 0 the rental came and went everywhere, 3 it did not, 1 a failure, 2 wrong usage.
 */
public final class PingMain {

  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int NOT_EVERYWHERE = 3;

  private PingMain() {}

  public static void main(String[] args) throws InterruptedException {
    boolean sure = Arrays.equals(args, new String[] {"--yes"});
    if (args.length > 0 && !sure) {
      System.err.println(
          "ping: give --yes or nothing, not '%s'.".formatted(String.join(" ", args)));
      System.exit(USAGE);
    }
    try {
      System.exit(run(Environment.ofProcess(), sure));
    } catch (SQLException | RuntimeException e) {
      System.err.println("ping: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  /**
   * @param sure that a Jupiter of somebody else's may be written to
   * @return the exit code
   */
  static int run(Environment environment, boolean sure) throws SQLException, InterruptedException {
    Ping.Database jupiter = database(environment, "JUPITER");
    try (Connection connection = jupiter.connect()) {
      if (!sure && !JupiterSetup.hasMade(connection)) {
        System.err.println(
            "ping: this Jupiter was not made here. A ping inserts a customer, a rental and a payment"
                + " and deletes them again: give --yes if it may.");
        return USAGE;
      }
    }
    List<Ping.Destination> destinations = destinations(environment);
    Duration patience = patience(environment);
    List<Ping.Outcome> outcomes =
        new Ping(jupiter, destinations, patience, new PingText(System.out)).run();
    List<String> problems = PingText.problems(outcomes, patience);
    problems.forEach(System.err::println);
    return problems.isEmpty() ? 0 : NOT_EVERYWHERE;
  }

  private static List<Ping.Destination> destinations(Environment environment) {
    List<Ping.Destination> destinations = new ArrayList<>();
    for (String title : List.of("Neptune", "ClickHouse", "Mars", "Venus")) {
      String name = title.toUpperCase(Locale.ROOT);
      if (environment.find(name + "_URL").isPresent()) {
        destinations.add(new Ping.Destination(title, database(environment, name)));
      }
    }
    if (destinations.isEmpty()) {
      throw new IllegalStateException(
          "No destination to ask: set NEPTUNE_URL, CLICKHOUSE_URL, MARS_URL or VENUS_URL.");
    }
    return destinations;
  }

  private static Duration patience(Environment environment) {
    String text = environment.find("PING_SECONDS").orElse("60");
    Duration patience =
        text.matches("\\d{1,4}") ? Duration.ofSeconds(Integer.parseInt(text)) : Duration.ZERO;
    if (!patience.isPositive() || patience.compareTo(Ping.LONGEST) > 0) {
      throw new IllegalStateException(
          "PING_SECONDS is '%s', but must be 1 to %d.".formatted(text, Ping.LONGEST.toSeconds()));
    }
    return patience;
  }

  private static Ping.Database database(Environment environment, String name) {
    String url = environment.get(name + "_URL");
    String username = environment.get(name + "_USERNAME");
    String password = environment.secret(name + "_PASSWORD_FILE");
    return () -> DriverManager.getConnection(url, username, password);
  }
}
