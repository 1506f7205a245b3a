package org.etlsandbox.testkit.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
import tools.jackson.databind.JsonNode;

/**
 * What {@code last_update} cannot tell a worker: ties within its second, no time at all, a time set
 * by hand, and commits that come later than a worker may know without the privilege PROCESS.
 */
public abstract class ChangeTimeContract {

  private static final int RENTALS = 1_000;
  private static final String NO_FURTHER_SWEEP = "--etl.sweep.interval=7d";

  private TestDatabase jupiter;
  private TestDatabase control;
  private TestDatabase destination;

  /** The worker under test. */
  protected abstract SpringApplicationBuilder application();

  /** The engine that the worker writes into. */
  protected abstract EngineUnderTest destinationEngine();

  /** The engine that the worker reads. */
  protected abstract EngineUnderTest jupiterEngine();

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
  void aTableWhoseRowsAllChangedInOneSecondIsReadInPagesThatEndWithinIt() throws Exception {
    try (RunningWorker worker =
        start(NO_FURTHER_SWEEP, "--etl.poll.page-size=50", "--etl.poll.batch-size=40")) {
      awaitSwept(worker);
      for (String change :
          List.of(
              "UPDATE payment SET amount = 1.23 + payment_id % 7",
              "UPDATE rental SET return_date = '2026-02-03 04:05:06'",
              "UPDATE IGNORE film_category SET category_id = 1 + category_id % 16",
              "UPDATE customer SET last_name = CONCAT('X', customer_id)")) {
        List<String> before = rowsInJupiter();
        jupiter.execute(change);
        assertThat(rowsInJupiter()).as(change).isNotEqualTo(before);
        awaitEqualToJupiter(60);
      }
      assertThat(number(jupiter, "SELECT COUNT(DISTINCT last_update) FROM payment")).isOne();
    }
    expectNoSweptRentals();
  }

  @Test
  void aSecondChangeWithinTheSameSecondIsCopiedToo() throws Exception {
    try (RunningWorker worker = start(NO_FURTHER_SWEEP, "--etl.poll.interval=50ms")) {
      awaitSwept(worker);
      String row = rowsInJupiter().get(RENTALS / 2);
      String rental = row.split("\\|")[0];
      String lastUpdate =
          "SELECT UNIX_TIMESTAMP(last_update) FROM rental WHERE rental_id = " + rental;
      int ties = 0;
      for (int round = 0; round < 40 && ties < 3; round++) {
        Thread.sleep(1_005 - System.currentTimeMillis() % 1_000); // with a second ahead
        jupiter.execute(
            "UPDATE rental SET return_date = '2026-01-01 00:00:%02d' WHERE rental_id = %s"
                .formatted(round, rental));
        long first = number(jupiter, lastUpdate);
        awaitEqualToJupiter(20);
        jupiter.execute(
            "UPDATE rental SET return_date = '2026-01-02 00:00:%02d' WHERE rental_id = %s"
                .formatted(round, rental));
        // A slow machine may be in the next second by now: then it proves nothing
        ties += number(jupiter, lastUpdate) == first ? 1 : 0;
        awaitEqualToJupiter(20);
      }
      assertThat(ties)
          .as("two changes, the first copied before the second, in one second")
          .isEqualTo(3);
    }
    expectNoSweptRentals();
  }

  /** {@code payment.last_update} may be NULL. */
  @Test
  void aRowWithoutATimeArrivesByTheSweepAndItsLaterChangesByThePoll() throws Exception {
    String payment;
    try (RunningWorker worker = start(NO_FURTHER_SWEEP)) {
      awaitSwept(worker);
      List<String> before = rowsInDestination();
      payment = insertPayment("NULL");
      letSomePollsPass();
      assertThat(rowsInDestination()).as("a poll cannot see it").isEqualTo(before);
    }
    try (RunningWorker worker = start(NO_FURTHER_SWEEP)) {
      awaitSwept(worker);
      awaitEqualToJupiter(20);
      assertThat(number(control, "SELECT count(*) FROM run WHERE kind = 'sweep'")).isOne();

      jupiter.execute("UPDATE payment SET amount = 2.22 WHERE payment_id = " + payment);
      awaitEqualToJupiter(20);
      assertThat(number(control, "SELECT count(*) FROM run WHERE kind = 'sweep'")).isOne();
    }
  }

  /** What the docs leave to a later digest proof is really left, and mended by the next change. */
  @Test
  void aValueUnderATimeSetBackByHandStaysOldUntilTheNextChange() throws Exception {
    List<String> before;
    try (RunningWorker worker = start(NO_FURTHER_SWEEP)) {
      awaitSwept(worker);
      before = rowsInDestination();
    }
    String[] row = before.get(RENTALS / 3).split("\\|");
    jupiter.execute(
        "UPDATE payment SET amount = 7.77, last_update = '2001-01-01' WHERE payment_id = "
            + row[1]);
    try (RunningWorker worker = start(NO_FURTHER_SWEEP)) {
      awaitSwept(worker);
      letSomePollsPass();
      assertThat(rowsInJupiter()).isNotEqualTo(before);
      assertThat(rowsInDestination()).as("neither poll nor sweep sees the value").isEqualTo(before);

      jupiter.execute("UPDATE rental SET return_date = '2026-01-01' WHERE rental_id = " + row[0]);
      awaitEqualToJupiter(20);
    }
  }

  /** The default lag of 5 s. */
  @Test
  void withoutTheRightToSeeTransactionsALagLongerThanTheLongestLosesNothing() throws Exception {
    createReaderWithoutProcess();
    try (RunningWorker worker = startAsReader(NO_FURTHER_SWEEP)) {
      assertThat(awaitSwept(worker).get("hints").toString()).contains("GRANT PROCESS");
      String[] row = rowsInJupiter().get(RENTALS / 3).split("\\|");
      commitLate(row[1], Duration.ofSeconds(2));
      awaitEqualToJupiter(20);
    }
    expectNoSweptRentals();
  }

  @Test
  void withTooShortALagTheSweepFindsTheRowsAndTheNextChangeMendsTheValues() throws Exception {
    createReaderWithoutProcess();
    List<String> before;
    String[] row;
    try (RunningWorker worker = startAsReader(NO_FURTHER_SWEEP, "--etl.poll.commit-lag=1s")) {
      awaitSwept(worker);
      before = rowsInDestination();
      row = before.get(RENTALS / 3).split("\\|");
      commitLate(row[1], Duration.ofSeconds(4));
      letSomePollsPass();
      assertThat(rowsInDestination()).as("the lag was too short").isEqualTo(before);
    }
    try (RunningWorker worker = startAsReader(NO_FURTHER_SWEEP, "--etl.poll.commit-lag=1s")) {
      assertThat(awaitSwept(worker).get("sweepFound").asLong()).isOne();
      String key = String.join("|", row[0], row[1], row[2]) + "|";
      assertThat(rowsInDestination()).hasSizeGreaterThan(before.size());
      assertThat(withoutKey(rowsInDestination(), key)).isEqualTo(withoutKey(rowsInJupiter(), key));
      assertThat(rowsInDestination())
          .as("a sweep compares no values")
          .isNotEqualTo(rowsInJupiter());

      jupiter.execute("UPDATE rental SET return_date = '2026-01-01' WHERE rental_id = " + row[0]);
      awaitEqualToJupiter(20);
    }
  }

  private static List<String> withoutKey(List<String> rows, String key) {
    return rows.stream().filter(row -> !row.startsWith(key)).toList();
  }

  /** A new payment and a changed one, seen by nobody for so long. */
  private void commitLate(String payment, Duration open) throws Exception {
    try (Connection connection = jupiter.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("UPDATE payment SET amount = 7.77 WHERE payment_id = " + payment);
      statement.execute(insertOfPayment("NOW()"));
      Thread.sleep(open.toMillis());
      connection.commit();
    }
  }

  private String insertPayment(String lastUpdate) throws SQLException {
    jupiter.execute(insertOfPayment(lastUpdate));
    return String.valueOf(number(jupiter, "SELECT MAX(payment_id) FROM payment"));
  }

  private static String insertOfPayment(String lastUpdate) {
    return """
    INSERT INTO payment (customer_id, staff_id, rental_id, amount, payment_date, last_update)
    SELECT 1, 1, MIN(rental_id), 1.11, '2026-01-01', %s FROM rental
    """
        .formatted(lastUpdate);
  }

  private void createReaderWithoutProcess() {
    jupiter.execute("CREATE USER '%s'@'%%' IDENTIFIED BY 'reads-only'".formatted(jupiter.name()));
    jupiter.execute("GRANT SELECT ON %1$s.* TO '%1$s'@'%%'".formatted(jupiter.name()));
  }

  private RunningWorker startAsReader(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--etl.jupiter.username=" + jupiter.name());
    arguments.add("--etl.jupiter.password=reads-only");
    return start(arguments.toArray(String[]::new));
  }

  private RunningWorker start(String... more) {
    return RunningWorker.start(application(), jupiter, control, destination, more);
  }

  /** The first sweep is over, and no other will come. */
  private static JsonNode awaitSwept(RunningWorker worker) {
    return worker.await(
        "in step and swept",
        60,
        status -> status.get("inStep").asBoolean() && status.get("sweptSeconds").isNumber());
  }

  private void expectNoSweptRentals() throws SQLException {
    assertThat(number(control, "SELECT count(*) FROM run WHERE kind = 'sweep'"))
        .as("rentals left to the sweep")
        .isZero();
  }

  /** So that what a poll can see has been seen: the watermark is later than what is there now. */
  private void letSomePollsPass() throws Exception {
    long now = number(jupiter, "SELECT UNIX_TIMESTAMP(NOW())");
    String watermark = "SELECT FLOOR(EXTRACT(EPOCH FROM min(watermark))) FROM checkpoint";
    for (int i = 0; i < 300 && number(control, watermark) <= now; i++) {
      RunningWorker.pause();
    }
    assertThat(number(control, watermark)).as("the watermark").isGreaterThan(now);
  }

  private void awaitEqualToJupiter(int seconds) throws SQLException {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    List<String> expected = rowsInJupiter();
    while (System.nanoTime() < deadline) {
      if (rowsInDestination().equals(expected)) {
        return;
      }
      pauseBriefly();
    }
    assertThat(rowsInDestination()).isEqualTo(expected);
  }

  private static void pauseBriefly() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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

  private static long number(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
