package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
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
import tools.jackson.databind.json.JsonMapper;

/** What is answered, on a real database, whatever its product. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueryContract {

  private static final LocalDateTime DAY = LocalDateTime.parse("2005-05-24T00:00:00");

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

  RunningApi api() {
    return api;
  }

  @Test
  void emptyDestinationHasNeitherIdsNorRows() {
    assertThat(body("/max-id")).isEqualTo("{\"maxRentalId\":0}");
    assertThat(body("/range?from=0&to=10000")).isEqualTo("[]");
  }

  @Test
  void maxIdLeavesTombstonesOut() throws SQLException {
    insertExtremes();
    assertThat(body("/max-id")).isEqualTo("{\"maxRentalId\":3}");
  }

  @Test
  void rowIsAnsweredExactlyAsItIsStored() throws SQLException {
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
  void amountsKeepBothDigits() throws SQLException {
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
  void datesAreNotShiftedByTheZoneOfTheJvm() throws SQLException {
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
  void rangeExcludesFromIncludesToAndIsInKeyOrder(long from, long to, String expected)
      throws SQLException {
    insertExtremes();
    List<String> keys = new ArrayList<>();
    for (JsonNode row : rows(from, to)) {
      keys.add(
          "%s/%s/%s".formatted(row.get("rentalId"), row.get("paymentId"), row.get("categoryId")));
    }
    assertThat(String.join(" ", keys)).isEqualTo(expected);
  }

  @Test
  void widestRangeIsAnsweredWhole() throws SQLException {
    try (Inserts inserts = new Inserts()) {
      for (long rental = 1; rental <= 10_001; rental++) {
        inserts.add(rental, 1, 1, "N", "T", "C", "1.00", DAY, null, 1, false);
        inserts.add(rental, 2, 1, "N", "T", "C", "1.00", DAY, null, 1, false);
      }
    }
    assertThat(rows(0, 10_000)).hasSize(20_000);
  }

  private void insertExtremes() throws SQLException {
    try (Inserts inserts = new Inserts()) {
      inserts.add(
          1,
          10,
          1,
          "Zoë O'Hara 🎬 ",
          "ACADEMY \"DINOSAUR\"",
          "Sci-Fi",
          "2.50",
          LocalDateTime.parse("2005-05-24T22:53:30"),
          null,
          1,
          false);
      inserts.add(
          2,
          9,
          2,
          "B",
          "F",
          "C",
          "99999999.99",
          LocalDateTime.parse("2005-04-03T02:30:00"),
          LocalDateTime.parse("9999-12-31T23:59:59"),
          Long.MAX_VALUE,
          false);
      inserts.add(
          2,
          9,
          1,
          "B",
          "F",
          "C",
          "0.00",
          LocalDateTime.parse("1000-01-01T00:00:00"),
          LocalDateTime.parse("2005-04-03T02:59:59"),
          1,
          false);
      inserts.add(2, 8, 3, "B", "F", "C", "-0.01", DAY, null, 1, false);
      inserts.add(3, 7, 1, "B", "F", "C", "100.00", DAY, null, 1, false);
      inserts.add(4, 6, 1, "B", "F", "C", "1.00", DAY, null, 1, true);
    }
  }

  /** Rows that are all in the table once this is closed; customer 5, film 7. */
  private final class Inserts implements AutoCloseable {
    private static final int BATCH = 1000;

    private final Connection connection = database.connect();
    private final PreparedStatement statement;
    private int waiting;

    Inserts() throws SQLException {
      connection.setAutoCommit(false);
      statement =
          connection.prepareStatement(
              "INSERT INTO customer_order_flat VALUES (?, ?, ?, 5, ?, 7, ?, ?, ?, ?, ?, ?, ?)");
    }

    void add(
        long rental,
        long payment,
        long category,
        String customer,
        String title,
        String categoryName,
        String amount,
        LocalDateTime rented,
        LocalDateTime returned,
        long version,
        boolean deleted)
        throws SQLException {
      statement.setLong(1, rental);
      statement.setLong(2, payment);
      statement.setLong(3, category);
      statement.setString(4, customer);
      statement.setString(5, title);
      statement.setString(6, categoryName);
      statement.setBigDecimal(7, new BigDecimal(amount));
      statement.setObject(8, rented);
      statement.setObject(9, returned, java.sql.Types.TIMESTAMP);
      statement.setLong(10, version);
      statement.setBoolean(11, deleted);
      statement.addBatch();
      if (++waiting == BATCH) {
        statement.executeBatch();
        waiting = 0;
      }
    }

    @Override
    public void close() throws SQLException {
      try (connection;
          statement) {
        statement.executeBatch();
        connection.commit();
      }
    }
  }

  private JsonNode rows(long from, long to) {
    return JsonMapper.shared().readTree(body("/range?from=%d&to=%d".formatted(from, to)));
  }

  private String body(String uri) {
    return api.get(uri)
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .returnResult()
        .getResponseBody();
  }
}
