package org.etlsandbox.testkit.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
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
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** A destination that refuses a rental, or everything, by a constraint that somebody has added. */
public abstract class RefusalContract {

  private static final int RENTALS = 3_000;
  private static final long BAD = 777;

  private TestDatabase jupiter;
  private TestDatabase control;
  private TestDatabase destination;

  /** The worker under test. */
  protected abstract SpringApplicationBuilder application();

  /** The engine that the worker writes into. */
  protected abstract EngineUnderTest destinationEngine();

  /** Lets {@code customer_order_flat} refuse new rows that do not meet a condition. */
  protected abstract String addConstraint(String condition);

  @BeforeEach
  void createDatabases() throws SQLException {
    destination = destinationEngine().newDatabase();
    jupiter = TestEngines.mariaDb().newDatabase();
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
    destination.close();
    jupiter.close();
    control.close();
  }

  @Test
  void oneRefusedRentalStaysOutUntilItIsTakenAndAllOthersGoIn() throws Exception {
    try (RunningWorker worker = start()) {
      // The sweep would try the rental once more
      worker.await("swept", 60, s -> s.get("sweptSeconds").isNumber());
      destination.execute(
          addConstraint("rental_id <> " + BAD + " OR is_deleted = 1 OR film_title = 'TAKEN'"));
      jupiter.execute("UPDATE customer SET last_name = 'RENAMED'");
      worker.await("quarantined", 30, s -> s.get("quarantined").asLong() == 1);
      awaitEqual(rowsInJupiter(true));
      assertThat(texts(control, "SELECT rental_id || ' ' || tries FROM quarantine"))
          .containsExactly(BAD + " 1");
      assertThat(worker.management("/actuator/prometheus").body())
          .contains("etl_refused_rentals_total{");

      jupiter.execute("UPDATE rental SET last_update = now() WHERE rental_id = " + BAD);
      awaitTexts(control, "SELECT rental_id || ' ' || tries FROM quarantine", BAD + " 2");

      jupiter.execute(
          "UPDATE film SET title = 'TAKEN' WHERE film_id = (SELECT i.film_id FROM rental r JOIN"
              + " inventory i ON i.inventory_id = r.inventory_id WHERE r.rental_id = "
              + BAD
              + ")");
      JsonNode status = worker.await("released", 30, s -> s.get("quarantined").asLong() == 0);
      awaitEqual(rowsInJupiter(false));
      assertThat(status.get("state").asString()).isEqualTo("following");
      assertThat(status.get("failuresInARow").asInt()).isZero();
    }
  }

  @Test
  void aDestinationThatRefusesEverythingStopsTheWorkerAndQuarantinesNothing() throws Exception {
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      List<String> before = rowsInDestination();
      destination.execute(addConstraint("is_deleted = 1"));
      jupiter.execute("UPDATE customer SET last_name = 'RENAMED'");
      JsonNode status =
          worker.await("stopped", 60, s -> s.get("state").asString().equals("stopped"));
      assertThat(status.get("error").asString())
          .contains("none is quarantined")
          .doesNotContain("\n");
      assertThat(status.get("circuit").asString()).isEqualTo("open");
      assertThat(status.get("nextAttemptSeconds").isNull()).isTrue();
      assertThat(texts(control, "SELECT rental_id::text FROM quarantine")).isEmpty();
      assertThat(rowsInDestination()).isEqualTo(before);
    }
    destination.execute("ALTER TABLE customer_order_flat DROP CONSTRAINT refuses");
    try (RunningWorker worker = start()) {
      worker.awaitInStep(60);
      awaitEqual(rowsInJupiter(false));
    }
  }

  private RunningWorker start() {
    return RunningWorker.start(application(), jupiter, control, destination);
  }

  private void awaitEqual(List<String> expected) throws SQLException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!rowsInDestination().equals(expected) && System.nanoTime() < deadline) {
      RunningWorker.pause();
    }
    assertThat(rowsInDestination()).isEqualTo(expected);
  }

  private static void awaitTexts(TestDatabase database, String sql, String expected)
      throws SQLException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!texts(database, sql).equals(List.of(expected)) && System.nanoTime() < deadline) {
      RunningWorker.pause();
    }
    assertThat(texts(database, sql)).containsExactly(expected);
  }

  private List<String> rowsInJupiter(boolean withoutTheBadOne) throws SQLException {
    try (Connection connection = jupiter.connect()) {
      return JoinedRows.inJupiter(connection).stream()
          .filter(row -> !withoutTheBadOne || !row.startsWith(BAD + "|"))
          .toList();
    }
  }

  private List<String> rowsInDestination() throws SQLException {
    try (Connection connection = destination.connect()) {
      return JoinedRows.inDestination(connection);
    }
  }

  private static List<String> texts(TestDatabase database, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }
}
