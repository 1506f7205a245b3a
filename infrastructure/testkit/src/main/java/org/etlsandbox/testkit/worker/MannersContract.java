package org.etlsandbox.testkit.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.sakila.SakilaSeed;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How much a worker asks of Jupiter: statements while nothing changes, connections at any time. */
public abstract class MannersContract {

  private static final int RENTALS = 1_000;
  private static final String MARK = "/* etl-sandbox */ ";
  private static final String HEALTH_CHECK = "SELECT 1";

  private TestDatabase jupiter;
  private TestDatabase control;
  private TestDatabase destination;

  /** The worker under test. */
  protected abstract SpringApplicationBuilder application();

  /** The engine that the worker writes into. */
  protected abstract EngineUnderTest destinationEngine();

  /** The engine that the worker reads. */
  protected abstract EngineUnderTest jupiterEngine();

  /** How the statements of an idle poll begin, in their order. */
  protected abstract List<String> idlePoll();

  @BeforeEach
  void createDatabases(TestReporter reporter) throws SQLException {
    destination = destinationEngine().newDatabase();
    reporter.publishEntry("engine", destination.engine() + " ← " + jupiterEngine().label());
    jupiter = jupiterEngine().newDatabase();
    control = TestEngines.postgreSql().newDatabase();
    try (Connection connection = jupiter.connect()) {
      SakilaSchema.create(connection, true);
    }
    SakilaSeed.builder()
        .rentals(RENTALS)
        .build()
        .load(new DriverManagerDataSource(jupiter.url(), jupiter.username(), jupiter.password()));
  }

  @AfterEach
  void dropDatabases() {
    for (TestDatabase database : new TestDatabase[] {destination, jupiter, control}) {
      if (database != null) {
        database.close();
      }
    }
  }

  @Test
  void anIdlePollAsksTheClockAndAllTablesInOneStatement() throws Exception {
    try (RunningWorker worker =
        RunningWorker.start(
            application(),
            jupiter,
            control,
            destination,
            "--etl.poll.interval=1s",
            "--etl.poll.max-interval=1s",
            "--etl.sweep.interval=7d")) {
      worker.await(
          "in step and swept",
          60,
          status -> status.get("inStep").asBoolean() && status.get("sweptSeconds").isNumber());
      // Until then the last changes are read again by each poll
      awaitWatermarksAfter(number(jupiter, "SELECT UNIX_TIMESTAMP(NOW())"));

      List<List<String>> polls = polls(log(8_000));
      assertThat(polls).as("whole polls in the log").hasSizeGreaterThan(3);
      for (List<String> poll : polls) {
        assertThat(poll).as("statements of a poll").hasSameSizeAs(idlePoll());
        for (int i = 0; i < poll.size(); i++) {
          assertThat(poll.get(i)).startsWith(idlePoll().get(i));
        }
      }
    }
  }

  /**
   * A poll with many scopes, repairs of a sweep in many pages, eight threads that write, and the
   * health checks.
   */
  @Test
  void twoConnectionsAreEnough() throws Exception {
    jupiter.execute("CREATE USER '%s'@'%%' IDENTIFIED BY 'reads-only'".formatted(jupiter.name()));
    jupiter.execute("GRANT SELECT ON %1$s.* TO '%1$s'@'%%'".formatted(jupiter.name()));
    jupiter.execute("GRANT PROCESS ON *.* TO '%s'@'%%'".formatted(jupiter.name()));
    try (RunningWorker worker =
            RunningWorker.start(
                application(),
                jupiter,
                control,
                destination,
                "--etl.jupiter.username=" + jupiter.name(),
                "--etl.jupiter.password=reads-only",
                "--etl.parallelism=8",
                "--etl.load.range-size=50",
                "--etl.poll.batch-size=20",
                "--etl.sweep.interval=1s",
                "--etl.sweep.range-size=500");
        Sessions sessions = new Sessions(jupiter)) {
      worker.awaitInStep(60);
      jupiter.execute("DELETE FROM payment WHERE rental_id % 5 = 2");
      awaitEqualToJupiter(40);
      jupiter.execute("UPDATE customer SET last_name = CONCAT('X', customer_id)");
      awaitEqualToJupiter(40);
      assertThat(worker.management("/actuator/health").body()).doesNotContain("DOWN");
      assertThat(worker.management("/actuator/prometheus").body())
          .contains("etl_poll_seconds")
          .containsPattern("etl_failures_total\\{[^}]*} 0\\.0")
          .doesNotContainPattern("etl_failures_total\\{[^}]*} (?!0\\.0\\b)");
      String pages =
          """
          SELECT max(scopes) FROM (
            SELECT count(*) AS scopes FROM run_scope s JOIN run r ON r.id = s.run_id
            WHERE r.kind = 'sweep' GROUP BY r.id) repairs
          """;
      assertThat(number(control, pages)).as("pages of one repair").isGreaterThan(2);
      assertThat(sessions.most()).as("connections at a time").isBetween(1L, 2L);
    }
  }

  private void awaitEqualToJupiter(int seconds) throws SQLException {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < deadline) {
      if (rowsInDestination().equals(rowsInJupiter())) {
        return;
      }
      RunningWorker.pause();
    }
    assertThat(rowsInDestination()).isEqualTo(rowsInJupiter());
  }

  private List<String> rowsInJupiter() throws SQLException {
    try (Connection connection = jupiter.connect()) {
      return JoinedRows.inJupiter(connection);
    }
  }

  private List<String> rowsInDestination() throws SQLException {
    try (Connection connection = destination.connect()) {
      return JoinedRows.inDestination(connection);
    }
  }

  /** Counts the sessions of the account that has the database's name, again and again. */
  private static final class Sessions implements AutoCloseable {

    private final TestDatabase database;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long most;

    Sessions(TestDatabase database) {
      this.database = database;
      this.thread = Thread.ofVirtual().name("sessions").start(this::count);
    }

    private void count() {
      try (Connection connection = database.connect();
          PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT COUNT(*) FROM information_schema.processlist WHERE user = ?")) {
        statement.setString(1, database.name());
        while (!stopped) {
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            most = Math.max(most, row.getLong(1));
          }
          Thread.sleep(5);
        }
      } catch (SQLException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    long most() {
      return most;
    }

    @Override
    public void close() throws InterruptedException {
      stopped = true;
      thread.join();
    }
  }

  /** Each from its first statement to the next one's; those that the log has cut are left out. */
  private List<List<String>> polls(List<String> statements) {
    List<List<String>> polls = new ArrayList<>();
    for (String statement : statements) {
      if (statement.startsWith(idlePoll().getFirst())) {
        polls.add(new ArrayList<>());
      }
      if (!polls.isEmpty() && !statement.equals(HEALTH_CHECK)) {
        polls.getLast().add(statement);
      }
    }
    return polls.subList(0, Math.max(0, polls.size() - 1));
  }

  /** All that the worker's connections send for a while. */
  private List<String> log(long millis) throws Exception {
    List<String> statements = new ArrayList<>();
    try (Connection connection = jupiter.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET GLOBAL log_output = 'TABLE'");
      statement.execute("TRUNCATE mysql.general_log");
      statement.execute("SET GLOBAL general_log = ON");
      try {
        Thread.sleep(millis);
      } finally {
        statement.execute("SET GLOBAL general_log = OFF");
      }
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT CONVERT(argument USING utf8mb4), command_type FROM mysql.general_log
              WHERE thread_id IN (
                SELECT thread_id FROM mysql.general_log WHERE argument LIKE '/* etl-sandbox */%')
                AND command_type <> 'Quit' AND command_type <> 'Connect'
              ORDER BY event_time
              """)) {
        while (row.next()) {
          String text = row.getString(1).replaceAll("\\s+", " ").strip();
          String kind = row.getString(2).equals("Query") ? "" : row.getString(2) + " ";
          statements.add(kind + (text.startsWith(MARK) ? text.substring(MARK.length()) : text));
        }
      }
    }
    return statements;
  }

  private void awaitWatermarksAfter(long second) throws SQLException {
    String watermark = "SELECT FLOOR(EXTRACT(EPOCH FROM min(watermark))) FROM checkpoint";
    for (int i = 0; i < 300 && number(control, watermark) <= second; i++) {
      RunningWorker.pause();
    }
    assertThat(number(control, watermark)).as("the watermark").isGreaterThan(second);
  }

  private static long number(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
