package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.betaapi.FlatRow.row;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever goes through all pages meets every row that stays, once, whatever else is written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesUnderChangeTest {

  private static final long STAYING = 2000;

  // Even rentals stay: they are refreshed, in all that pages are not sorted by. Odd ones come and
  // go.
  private static final List<String> CHANGES =
      List.of(
          "UPDATE customer_order_flat SET category = category || 'x', row_version = row_version + 1 WHERE rental_id BETWEEN %1$d AND %1$d + 300 AND rental_id %% 2 = 0",
          "INSERT INTO customer_order_flat SELECT r, r, 1, 5, 'N', 7, 'T', 'C', 1, '2005-05-24', NULL, 1, false FROM generate_series(%1$d, %1$d + 200) r WHERE r %% 2 = 1 ON CONFLICT DO NOTHING",
          "DELETE FROM customer_order_flat WHERE rental_id BETWEEN %1$d AND %1$d + 200 AND rental_id %% 2 = 1",
          "UPDATE customer_order_flat SET is_deleted = NOT is_deleted WHERE rental_id BETWEEN %1$d AND %1$d + 200 AND rental_id %% 2 = 1");

  private TestDatabase database;
  private RunningApi api;

  @BeforeAll
  void start() {
    database = TestEngines.postgreSql().newDatabase();
    database.execute(TestDestination.schema());
    api =
        new RunningApi(
            "--etl.query.url=" + database.url(),
            "--etl.query.username=" + database.username(),
            "--etl.query.password=" + database.password());
  }

  @AfterAll
  void stop() {
    api.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rentalId", "-rentalId", "customerId", "-amount"})
  void noRowThatStaysIsMissedOrMetTwice(String sort) throws Exception {
    database.execute("TRUNCATE customer_order_flat");
    FlatRows.insert(
        database,
        LongStream.rangeClosed(1, STAYING)
            .mapToObj(n -> row(2 * n, n, 1).customer(n % 7, "N").amount((n % 3) + ".99")));
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong changes = new AtomicLong();
    Thread writer = Thread.ofVirtual().start(() -> change(database, done, changes));
    List<Long> met = new ArrayList<>();
    try {
      String cursor = "";
      do {
        JsonNode page = page(api, "?limit=37&sort=" + sort + cursor);
        page.get("items").forEach(item -> met.add(item.get("rentalId").asLong()));
        cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
      } while (!cursor.isEmpty());
    } finally {
      done.set(true);
      writer.join();
    }
    assertThat(changes.get()).as("changes meanwhile").isGreaterThan(20);
    assertThat(met.stream().filter(id -> id % 2 == 0).sorted())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, STAYING).map(n -> 2 * n).boxed().toList());
  }

  private static void change(TestDatabase database, AtomicBoolean done, AtomicLong changes) {
    Random random = new Random(7);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      while (!done.get()) {
        String change = CHANGES.get(random.nextInt(CHANGES.size()));
        statement.execute(change.formatted(random.nextLong(2 * STAYING)));
        changes.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode page(RunningApi api, String query) {
    return JsonMapper.shared()
        .readTree(
            api.getAt(RunningApi.FLATS + query)
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody());
  }
}
