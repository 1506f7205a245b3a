package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.betaapi.FlatRow.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is answered, on a real database, whatever its product. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueryContract implements FilterRules, PageRules, TotalsRules, ExportRules {

  private final EngineUnderTest engine;
  private final List<String> schema;
  private TestDatabase database;
  private RunningApi api;

  /**
   * @param schema the statements that create table and view, as a destination's worker would
   */
  QueryContract(EngineUnderTest engine, String... schema) {
    this.engine = engine;
    this.schema = List.of(schema);
  }

  @BeforeAll
  void start() {
    database = engine.newDatabase();
    schema.forEach(database::execute);
    api =
        new RunningApi(
            "--etl.query.url=" + database.url(),
            "--etl.query.username=" + database.username(),
            "--etl.query.password=" + database.password());
  }

  @AfterAll
  void stop() {
    if (api != null) {
      api.close();
    }
    if (database != null) {
      database.close();
    }
  }

  @BeforeEach
  void empty(TestReporter reporter) {
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
    database.execute("TRUNCATE TABLE customer_order_flat");
  }

  @Override
  public RunningApi api() {
    return api;
  }

  @Override
  public TestDatabase database() {
    return database;
  }

  @Test
  void emptyDestinationHasNeitherIdsNorRows() {
    assertThat(body("/max-id")).isEqualTo("{\"maxRentalId\":0}");
    assertThat(body("/range?from=0&to=10000")).isEqualTo("[]");
  }

  @Test
  void maxIdLeavesTombstonesOut() {
    insertExtremes();
    assertThat(body("/max-id")).isEqualTo("{\"maxRentalId\":3}");
  }

  @Test
  void rowIsAnsweredExactlyAsItIsStored() {
    insertExtremes();
    assertThat(body("/range?from=0&to=1"))
        .isEqualTo(
            "[{\"rentalId\":1,\"paymentId\":10,\"categoryId\":1,\"customerId\":5,"
                + "\"customerName\":\"Zoë O'Hara 🎬 \",\"filmId\":7,"
                + "\"filmTitle\":\"ACADEMY \\\"DINOSAUR\\\"\",\"category\":\"Sci-Fi\","
                + "\"amount\":2.50,\"rentalDate\":\"2005-05-24T22:53:30\",\"returnDate\":null,"
                + "\"rowVersion\":1}]");
  }

  @Test
  void amountsKeepBothDigits() {
    insertExtremes();
    assertThat(body("/range?from=1&to=3"))
        .containsSubsequence(
            "\"amount\":-0.01,",
            "\"amount\":0.00,",
            "\"amount\":99999999.99,",
            "\"amount\":100.00,");
  }

  // In the zone of the test JVM the hour from 02:00 to 03:00 did not exist on 2005-04-03
  @Test
  void datesAreNotShiftedByTheZoneOfTheJvm() {
    insertExtremes();
    assertThat(body("/range?from=1&to=2"))
        .contains("\"rentalDate\":\"2005-04-03T02:30:00\",\"returnDate\":\"9999-12-31T23:59:59\"")
        .contains("\"rentalDate\":\"1000-01-01T00:00:00\",\"returnDate\":\"2005-04-03T02:59:59\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1,     1/10/1",
    "1, 2,     2/8/3 2/9/1 2/9/2",
    "2, 10002, 3/7/1",
    "0, 4,     1/10/1 2/8/3 2/9/1 2/9/2 3/7/1",
    "3, 4,     ''",
    "999999999999989999, 999999999999999999, ''",
  })
  void rangeExcludesFromIncludesToAndIsInKeyOrder(long from, long to, String expected) {
    insertExtremes();
    List<String> keys = new ArrayList<>();
    for (JsonNode row : rows(from, to)) {
      keys.add(
          "%s/%s/%s".formatted(row.get("rentalId"), row.get("paymentId"), row.get("categoryId")));
    }
    assertThat(String.join(" ", keys)).isEqualTo(expected);
  }

  @Test
  void widestRangeIsAnsweredWhole() {
    FlatRows.insert(
        database,
        LongStream.rangeClosed(1, 10_001)
            .boxed()
            .flatMap(rental -> Stream.of(row(rental, 1, 1), row(rental, 2, 1))));
    assertThat(rows(0, 10_000)).hasSize(20_000);
  }

  private void insertExtremes() {
    given(
        row(1, 10, 1)
            .customer(5, "Zoë O'Hara 🎬 ")
            .film(7, "ACADEMY \"DINOSAUR\"")
            .category("Sci-Fi")
            .amount("2.50")
            .rented("2005-05-24T22:53:30"),
        row(2, 9, 2)
            .amount("99999999.99")
            .rented("2005-04-03T02:30:00")
            .returned("9999-12-31T23:59:59"),
        row(2, 9, 1).amount("0.00").rented("1000-01-01T00:00:00").returned("2005-04-03T02:59:59"),
        row(2, 8, 3).amount("-0.01"),
        row(3, 7, 1).amount("100.00"),
        row(4, 6, 1).tombstone());
  }

  private JsonNode rows(long from, long to) {
    return json("/range?from=%d&to=%d".formatted(from, to));
  }
}
