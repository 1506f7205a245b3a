package org.etlsandbox.sakila.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.etlsandbox.sakila.Environment;
import org.etlsandbox.sakila.TestDatabase;
import org.etlsandbox.sakila.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Destinations are views and tables beside Jupiter: what they show is theirs, not a worker's. */
class PingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static int databases;

  private final TestServer server = TestServer.usual();
  private final String name = "ping_" + ++databases;
  private final List<String> told = new ArrayList<>();
  private TestDatabase jupiter;

  @TempDir private Path secrets;

  @BeforeEach
  void seed() throws SQLException {
    jupiter = TestDatabase.seeded(name, 50, 1);
  }

  @Test
  void tellsWhenItCameAndWentAndLeavesNothing() throws Exception {
    String before = jupiter.checksum();
    List<Ping.Outcome> outcomes = ping(copy("Live", joined("")), copy("Again", joined("")));

    assertThat(outcomes).extracting(Ping.Outcome::destination).containsExactly("Live", "Again");
    assertThat(outcomes).allMatch(Ping.Outcome::isWell);
    assertThat(outcomes)
        .allSatisfy(
            outcome -> assertThat(outcome.arrived()).isBetween(Duration.ofNanos(1), PATIENCE));
    assertThat(told.getFirst()).matches("inserted ETL PING [0-9A-F]{8}");
    assertThat(told).containsSubsequence("arrived Live", "leaves", "gone Live", "deleted");
    assertThat(told).containsSubsequence("arrived Again", "leaves", "gone Again", "deleted");
    assertThat(jupiter.checksum()).isEqualTo(before);
  }

  @Test
  void waitsNoLongerThanAskedWhereItDoesNotArrive() throws Exception {
    String before = jupiter.checksum();
    List<Ping.Outcome> outcomes =
        ping(copy("Live", joined("")), copy("Other", joined(" AND r.rental_id <= 50")));

    assertThat(outcomes.get(0).isWell()).isTrue();
    assertThat(outcomes.get(1)).isEqualTo(new Ping.Outcome("Other", null, null, null));
    assertThat(PingText.problems(outcomes, PATIENCE))
        .containsExactly("Other: the rental was not seen within 5 s.");
    assertThat(jupiter.checksum()).isEqualTo(before);
  }

  @Test
  void tellsWhereItStays() throws Exception {
    // A copy that shows a rental without its payments goes on showing it
    List<Ping.Outcome> outcomes =
        ping(
            copy(
                "Keeps",
                """
                SELECT r.rental_id, CONCAT(c.first_name, ' ', c.last_name) AS customer_name
                  FROM %1$s.rental r JOIN %1$s.customer c ON c.customer_id = r.customer_id
                """
                    .formatted(name)));

    assertThat(outcomes.getFirst().arrived()).isNotNull();
    assertThat(outcomes.getFirst().gone()).isNull();
    assertThat(PingText.problems(outcomes, PATIENCE))
        .containsExactly(
            "Keeps: the rental was not seen to go within 5 s; the next sweep takes it away.");
    assertThat(jupiter.number("SELECT COUNT(*) FROM customer WHERE first_name = 'ETL'")).isZero();
  }

  @Test
  void goesOnWhereADestinationCannotBeAsked() throws Exception {
    List<Ping.Outcome> outcomes =
        ping(
            new Ping.Destination("Empty", () -> connect("information_schema")),
            new Ping.Destination(
                "Down",
                () -> {
                  throw new SQLException("nobody there");
                }),
            copy("Live", joined("")));

    assertThat(outcomes.get(0).problem()).contains("customer_order_flat_current");
    assertThat(outcomes.get(1).problem()).isEqualTo("nobody there");
    assertThat(outcomes.get(2).isWell()).isTrue();
    assertThat(PingText.problems(outcomes, PATIENCE))
        .hasSize(2)
        .contains("Down: the rental was not seen because it could not be asked (nobody there).");
  }

  @Test
  void deletesWhatAnEarlierOneLeftBehind() throws Exception {
    String before = jupiter.checksum();
    try (Connection connection = connect(name)) {
      MarkedRental.insert(connection);
      MarkedRental.insert(connection);
      connection
          .createStatement()
          .execute(
              "UPDATE customer SET create_date = NOW() - INTERVAL 1 HOUR"
                  + " WHERE first_name = 'ETL' LIMIT 1");
    }
    ping(copy("Live", joined("")));

    assertThat(told.getFirst()).startsWith("left ETL PING ");
    // The other one may be of a ping that is under way
    assertThat(jupiter.number("SELECT COUNT(*) FROM customer WHERE first_name = 'ETL'")).isOne();
    assertThat(jupiter.checksum()).isNotEqualTo(before);
  }

  @Test
  void needsARentalAsItsModel() throws SQLException {
    try (Connection connection = connect(name)) {
      connection.createStatement().execute("DELETE FROM payment");
    }
    assertThatThrownBy(() -> ping(copy("Live", joined(""))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("seed it first");
    assertThat(jupiter.number("SELECT COUNT(*) FROM customer WHERE first_name = 'ETL'")).isZero();
  }

  @Test
  void leavesAJupiterOfSomebodyElseAlone() throws Exception {
    Environment environment = environment(copy("Neptune", joined("")));
    assertThat(PingMain.run(environment, false)).isEqualTo(2);
    assertThat(jupiter.number("SELECT COUNT(*) FROM customer WHERE customer_id > 599")).isZero();
    assertThat(PingMain.run(environment, true)).isZero();

    try (Connection connection = connect("information_schema");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS etl_setup");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS etl_setup.seed (database_name VARCHAR(64) NOT NULL PRIMARY KEY,"
              + " complete BOOLEAN NOT NULL)");
      statement.execute("INSERT INTO etl_setup.seed VALUES ('%s', TRUE)".formatted(name));
    }
    assertThat(PingMain.run(environment, false)).isZero();
  }

  private Environment environment(Ping.Destination destination) throws Exception {
    Path password = secrets.resolve("password");
    Files.writeString(password, server.password() + "\n");
    Map<String, String> variables = new HashMap<>();
    for (String store : List.of("JUPITER", destination.title().toUpperCase(Locale.ROOT))) {
      String database = store.equals("JUPITER") ? name : name + "_" + destination.title();
      variables.put(store + "_URL", server.url(database));
      variables.put(store + "_USERNAME", server.username());
      variables.put(store + "_PASSWORD_FILE", password.toString());
    }
    return new Environment(variables);
  }

  private List<Ping.Outcome> ping(Ping.Destination... destinations) throws Exception {
    return new Ping(() -> connect(name), List.of(destinations), PATIENCE, new Told()).run();
  }

  private String joined(String condition) {
    return """
    SELECT r.rental_id, CONCAT(c.first_name, ' ', c.last_name) AS customer_name
      FROM %1$s.rental r
      JOIN %1$s.customer c ON c.customer_id = r.customer_id
      JOIN %1$s.payment p ON p.rental_id = r.rental_id%2$s
    """
        .formatted(name, condition);
  }

  /** A database whose flats are a view on Jupiter. */
  private Ping.Destination copy(String title, String flats) throws SQLException {
    String database = name + "_" + title;
    server.createDatabase(database);
    try (Connection connection = connect(database)) {
      connection.createStatement().execute("CREATE VIEW customer_order_flat_current AS " + flats);
    }
    return new Ping.Destination(title, () -> connect(database));
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.url(database), server.username(), server.password());
  }

  private final class Told implements Ping.Listener {
    @Override
    public void removedLeftBehind(MarkedRental rental) {
      tell("left " + rental.customerName());
    }

    @Override
    public void inserted(MarkedRental rental) {
      tell("inserted " + rental.customerName());
    }

    @Override
    public void arrived(String destination, Duration after) {
      tell("arrived " + destination);
    }

    @Override
    public void leaves() {
      tell("leaves");
    }

    @Override
    public void gone(String destination, Duration after) {
      tell("gone " + destination);
    }

    @Override
    public void deleted() {
      tell("deleted");
    }

    private void tell(String what) {
      synchronized (told) {
        told.add(what);
      }
    }
  }
}
