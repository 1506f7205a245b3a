package org.etlsandbox.testkit.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.etlsandbox.sakila.Churn;
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

/** Fills a destination from a real Jupiter, follows its changes, and compares every row. */
public abstract class WorkerContract {

  private static final int RENTALS = 3_000;

  private TestDatabase jupiter;
  private TestDatabase control;
  private TestDatabase destination;

  /** The worker under test. */
  protected abstract SpringApplicationBuilder application();

  /** The engine that the worker writes into. */
  protected abstract EngineUnderTest destinationEngine();

  /** The engine that the worker reads. */
  protected EngineUnderTest jupiterEngine() {
    return TestEngines.mariaDb();
  }

  /** Whether the engine of this test stands in for another product. */
  protected abstract boolean standIn();

  @BeforeEach
  void createDatabases(TestReporter reporter) {
    destination = destinationEngine().newDatabase();
    reporter.publishEntry("engine", destination.engine() + " ← " + jupiterEngine().label());
    jupiter = jupiterEngine().newDatabase();
    control = TestEngines.postgreSql().newDatabase();
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
  void everyRowArrivesAndEveryChangeFollows() throws Exception {
    seed(true);
    try (RunningWorker worker = start()) {
      JsonNode status = worker.awaitInStep(60);
      List<String> expected = rowsInJupiter();
      assertThat(expected).hasSizeGreaterThan(RENTALS);
      assertThat(rowsInDestination()).isEqualTo(expected);
      assertThat(status.get("rows").asLong()).isEqualTo(expected.size());
      assertThat(status.get("standIn").asBoolean()).isEqualTo(standIn());
      assertThat(status.get("state").asString()).isEqualTo("following");

      try (Churn churn = churn()) {
        churn.start();
        for (int tenths = 0; tenths < 80; tenths++) {
          RunningWorker.pause();
        }
        churn.stop();
        assertThat(churn.failure()).isNull();
        assertThat(churn.committed()).isGreaterThan(100);
      }
      awaitEqualToJupiter(10);
      assertThat(worker.status().get("rows").asLong()).isEqualTo(rowsInJupiter().size());
      assertThat(rowsInJupiter()).isNotEqualTo(expected);
    }
  }

  @Test
  void oneChangeInEachTableArrives() throws Exception {
    seed(true);
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      for (String change :
          List.of(
              "UPDATE category SET name = 'Ünïcode 🎬' WHERE category_id = 3",
              "UPDATE film SET title = 'RENAMED ''FILM''' WHERE film_id = 7",
              "UPDATE customer SET last_name = 'O''Née 😀' WHERE customer_id = 5",
              "INSERT INTO film_category (film_id, category_id) SELECT 7, MIN(c.category_id) FROM category c"
                  + " WHERE c.category_id NOT IN (SELECT category_id FROM film_category WHERE film_id = 7)",
              "UPDATE inventory SET film_id = 9 WHERE inventory_id BETWEEN 1 AND 40",
              "UPDATE rental SET return_date = NULL, customer_id = 6 WHERE rental_id BETWEEN 100 AND 110",
              "UPDATE payment SET amount = -999.99 WHERE payment_id BETWEEN 50 AND 60",
              "UPDATE payment SET rental_id = 120 WHERE payment_id BETWEEN 70 AND 75")) {
        List<String> before = rowsInJupiter();
        jupiter.execute(change);
        assertThat(rowsInJupiter()).as(change).isNotEqualTo(before);
        awaitEqualToJupiter(10);
      }
    }
  }

  /** Load, polls and sweeps run while names change; no row ever goes back to an older one. */
  @Test
  void anOldNameNeverComesUnderANewerVersion() throws Exception {
    seed(true);
    try (RenamedCustomers renamed = RenamedCustomers.start(jupiter, destination);
        RunningWorker worker =
            start(
                "--etl.load.range-size=100",
                "--etl.sweep.interval=1s",
                "--etl.sweep.range-size=100")) {
      worker.awaitInStep(60);
      // What a sweep has to repair, unless a rename of the same rental comes first
      for (int payment = 1; payment <= 50; payment++) {
        jupiter.execute(
            "DELETE FROM payment WHERE customer_id <= %d ORDER BY payment_id LIMIT 1"
                .formatted(RenamedCustomers.CUSTOMERS));
        Thread.sleep(100);
      }
      renamed.stop();
      assertThat(renamed.renames()).isGreaterThan(10);
      assertThat(renamed.newerVersionsSeen()).isGreaterThan(50);
      assertThat(worker.status().get("sweepFound").asLong()).isPositive();
      awaitEqualToJupiter(20);
    }
  }

  @Test
  void withoutAnIndexOnLastUpdateItWorksAndHints() throws Exception {
    seed(false);
    try (RunningWorker worker = start()) {
      JsonNode status = worker.awaitInStep(60);
      assertThat(status.get("hints").toString())
          .contains("CREATE INDEX idx_last_update ON rental (last_update)");
      jupiter.execute("UPDATE film SET title = 'FOUND BY A SCAN' WHERE film_id < 20");
      awaitEqualToJupiter(10);
    }
  }

  @Test
  void aRestartGoesOnWhereItStopped() throws Exception {
    seed(true);
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
    }
    jupiter.execute("UPDATE customer SET first_name = 'WHILE AWAY' WHERE customer_id < 10");
    List<String> loads = runsOfKind("load");
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      awaitEqualToJupiter(10);
    }
    assertThat(runsOfKind("load")).isEqualTo(loads).hasSize(1);
    assertThat(runsOfKind("poll")).isNotEmpty();
  }

  @Test
  void healthMetersAndTheLedgerTellWhatHappened() throws Exception {
    seed(true);
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      assertThat(worker.management("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(worker.management("/actuator/health/readiness").statusCode()).isEqualTo(200);
      HttpResponse<String> health = worker.management("/actuator/health");
      assertThat(health.body()).contains("jupiter", "destination", "control", "worker");
      String meters = worker.management("/actuator/prometheus").body();
      assertThat(meters)
          .contains("etl_in_step", "etl_rows", "etl_refreshed_rows_total", "spring_batch_job");
      assertThat(meters).contains("etl_in_step{service=");
    }
    assertThat(rows(control, "SELECT sum(rows_read)::text FROM run_scope"))
        .containsExactly(String.valueOf(rowsInJupiter().size()));
    assertThat(rows(control, "SELECT DISTINCT outcome FROM run")).containsExactly("completed");
  }

  @Test
  void aRentalThatCannotBeCopiedExactlyIsQuarantinedUntilItCan() throws Exception {
    seed(true);
    jupiter.execute("ALTER TABLE payment MODIFY amount DECIMAL(10,4) NOT NULL");
    List<String> all = rowsInJupiter();
    long rental = Long.parseLong(all.get(all.size() / 2).split("\\|")[0]);
    String prefix = rental + "|";
    List<String> others = all.stream().filter(row -> !row.startsWith(prefix)).toList();
    jupiter.execute("UPDATE payment SET amount = 1.2345 WHERE rental_id = " + rental);
    try (RunningWorker worker = start()) {
      assertThat(worker.awaitInStep(60).get("quarantined").asLong()).isEqualTo(1);
      assertThat(rowsInDestination()).isEqualTo(others);
      assertThat(rows(control, "SELECT rental_id || ': ' || reason FROM quarantine"))
          .containsExactly(rental + ": payment.amount 1.2345 does not fit DECIMAL(10,2)");

      jupiter.execute("UPDATE payment SET amount = 1.23 WHERE rental_id = " + rental);
      worker.await("released", 10, status -> status.get("quarantined").asLong() == 0);
      awaitEqualToJupiter(10);

      jupiter.execute("UPDATE payment SET amount = 0.001 WHERE rental_id = " + rental);
      JsonNode status = worker.await("quarantined", 10, s -> s.get("quarantined").asLong() == 1);
      assertThat(rowsInDestination()).isEqualTo(others);
      assertThat(status.get("rows").asLong()).isEqualTo(others.size());
    }
  }

  /** No poll sees that the bad row is gone. And who is known to be refused is no mass refusal. */
  @Test
  void quarantinedRentalsWhoseBadRowIsDeletedComeBackWithTheSweep() throws Exception {
    seed(true);
    jupiter.execute("ALTER TABLE payment MODIFY amount DECIMAL(10,4) NOT NULL");
    String some =
        "rental_id IN (SELECT rental_id FROM (SELECT rental_id FROM rental ORDER BY rental_id LIMIT %d) r)";
    String spoil = "UPDATE payment SET amount = 1.2345 WHERE ";
    jupiter.execute(spoil + some.formatted(15));
    long few =
        count(jupiter, "SELECT COUNT(DISTINCT rental_id) FROM payment WHERE amount = 1.2345");
    try (RunningWorker worker = start("--etl.sweep.interval=1s")) {
      worker.await("some quarantined", 60, s -> s.get("quarantined").asLong() == few);
      worker.awaitInStep(20);
      jupiter.execute(spoil + some.formatted(30) + " AND amount <> 1.2345");
      long many =
          count(jupiter, "SELECT COUNT(DISTINCT rental_id) FROM payment WHERE amount = 1.2345");
      assertThat(many).isGreaterThan(20);
      worker.await("more quarantined", 20, s -> s.get("quarantined").asLong() == many);

      jupiter.execute("UPDATE payment SET amount = 1.3456 WHERE amount = 1.2345");
      awaitCount(many, control, "SELECT count(*) FROM quarantine WHERE reason LIKE '%1.3456%'", 20);
      assertThat(worker.status().get("state").asString()).isEqualTo("following");

      jupiter.execute("DELETE FROM payment WHERE amount = 1.3456");
      worker.await("released", 20, s -> s.get("quarantined").asLong() == 0);
      awaitEqualToJupiter(10);
    }
  }

  private static long count(TestDatabase database, String sql) throws SQLException {
    return Long.parseLong(rows(database, sql).getFirst());
  }

  private static void awaitCount(long wanted, TestDatabase database, String sql, int seconds)
      throws SQLException {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (count(database, sql) != wanted && System.nanoTime() < deadline) {
      RunningWorker.pause();
    }
    assertThat(count(database, sql)).isEqualTo(wanted);
  }

  /** None of these leaves a trace in a table that is polled. */
  @Test
  void whatVanishesFromJupiterVanishesFromTheDestination() throws Exception {
    seed(true);
    try (RunningWorker worker = start("--etl.sweep.interval=1s", "--etl.sweep.range-size=500")) {
      worker.awaitInStep(60);
      List<String> before = rowsInJupiter();
      jupiter.execute("DELETE FROM payment WHERE rental_id % 50 = 7");
      jupiter.execute(
          "DELETE FROM film_category WHERE film_id IN (SELECT film_id FROM film WHERE film_id % 90 = 3)");
      long last = Long.parseLong(before.getLast().split("\\|")[0]);
      jupiter.execute("DELETE FROM payment WHERE rental_id > " + (last - 100));
      jupiter.execute("DELETE FROM rental WHERE rental_id > " + (last - 100));
      List<String> after = rowsInJupiter();
      assertThat(after).hasSizeLessThan(before.size() - 100);
      awaitEqualToJupiter(20);
      JsonNode status = worker.await("swept", 20, s -> s.get("rows").asLong() == after.size());
      assertThat(status.get("sweepFound").asLong()).isPositive();
      assertThat(status.get("sweptSeconds").asDouble()).isLessThan(20);
    }
    assertThat(runsOfKind("sweep")).isNotEmpty();
  }

  @Test
  void hardDeletesLeaveNoTombstones() throws Exception {
    seed(true);
    try (RunningWorker worker = start("--etl.sweep.interval=1s", "--etl.deletes=hard")) {
      worker.awaitInStep(60);
      int before = rowsInJupiter().size();
      jupiter.execute("DELETE FROM payment WHERE rental_id % 50 = 7");
      assertThat(rowsInJupiter()).hasSizeLessThan(before);
      // A switched category leaves a tombstone, too, and that by a poll
      jupiter.execute("UPDATE film_category SET category_id = 16 WHERE film_id = 7 LIMIT 1");
      awaitEqualToJupiter(20);
      awaitKeysStored(rowsInJupiter().size(), 20);
      assertThat(rowsInDestination()).isEqualTo(rowsInJupiter());
      assertThat(worker.management("/actuator/prometheus").body())
          .contains("etl_purged_rows_total");
    }
  }

  /** Live rows and tombstones, each key once: where rows are versions a key may have several. */
  private void awaitKeysStored(int wanted, int seconds) throws SQLException {
    String keys =
        """
        SELECT COUNT(*) FROM (
          SELECT DISTINCT rental_id, payment_id, category_id FROM customer_order_flat) stored
        """;
    List<String> expected = List.of(String.valueOf(wanted));
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (!rows(destination, keys).equals(expected) && System.nanoTime() < deadline) {
      RunningWorker.pause();
    }
    assertThat(rows(destination, keys)).isEqualTo(expected);
  }

  @Test
  void aWrongPasswordStopsTheWorkerWithOneClearLine() throws Exception {
    seed(true);
    try (RunningWorker worker = start("--etl.jupiter.password=not-the-password")) {
      JsonNode status =
          worker.await("stopped", 40, s -> s.get("state").asString().equals("stopped"));
      assertThat(status.get("error").asString())
          .contains("jupiter", "Check the user, the password")
          .doesNotContain("not-the-password")
          .doesNotContain("\n");
      assertThat(status.get("inStep").asBoolean()).isFalse();
    }
  }

  @Test
  void anotherJupiterIsRefused() throws Exception {
    seed(true);
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
    }
    try (TestDatabase other = jupiterEngine().newDatabase()) {
      seed(other, true);
      try (RunningWorker worker = RunningWorker.start(application(), other, control, destination)) {
        JsonNode status =
            worker.await("stopped", 40, s -> s.get("state").asString().equals("stopped"));
        assertThat(status.get("error").asString()).contains(other.name(), jupiter.name());
      }
    }
    assertThat(rowsInDestination()).isEqualTo(rowsInJupiter());
  }

  private RunningWorker start(String... more) {
    return RunningWorker.start(application(), jupiter, control, destination, more);
  }

  private void seed(boolean indexes) throws SQLException {
    seed(jupiter, indexes);
  }

  private static void seed(TestDatabase database, boolean indexes) throws SQLException {
    try (Connection connection = database.connect()) {
      SakilaSchema.create(connection, indexes);
    }
    SakilaSeed.builder().rentals(RENTALS).build().load(dataSource(database));
  }

  private Churn churn() {
    return Churn.builder()
        .dataSource(dataSource(jupiter))
        .transactionsPerSecond(50)
        .seed(42)
        .deletes(false)
        .build();
  }

  private static DataSource dataSource(TestDatabase database) {
    return new DriverManagerDataSource(database.url(), database.username(), database.password());
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

  private List<String> runsOfKind(String kind) throws SQLException {
    return rows(control, "SELECT id::text FROM run WHERE kind = '" + kind + "' ORDER BY id");
  }

  private static List<String> rows(TestDatabase database, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }
}
