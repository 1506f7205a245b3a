package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is answered, on a real PostgreSQL. */
class QueryTest {

  private static final String EXTREMES =
      """
      INSERT INTO customer_order_flat VALUES
        (1, 10, 1, 5, 'Zoë O''Hara 🎬', 7, 'ACADEMY "DINOSAUR"', 'Sci-Fi', 2.50,
         '2005-05-24 22:53:30', NULL, 1, false),
        (2, 9, 2, 5, 'B', 7, 'F', 'C', 99999999.99, '2005-04-03 02:30:00', '9999-12-31 23:59:59',
         9223372036854775807, false),
        (2, 9, 1, 5, 'B', 7, 'F', 'C', 0.00, '1000-01-01 00:00:00', '2005-04-03 02:59:59', 1, false),
        (2, 8, 3, 5, 'B', 7, 'F', 'C', -0.01, '2005-05-24 00:00:00', NULL, 1, false),
        (3, 7, 1, 5, 'B', 7, 'F', 'C', 100.00, '2005-05-24 00:00:00', NULL, 1, false),
        (4, 6, 1, 5, 'B', 7, 'F', 'C', 1.00, '2005-05-24 00:00:00', NULL, 1, true)
      """;

  private static @TempDir Path directory;
  private static TestDestination destination;
  private static RunningApi api;

  @BeforeAll
  static void start() throws Exception {
    destination = new TestDestination(directory.resolve("mars"));
    destination.createSchema();
    api = new RunningApi(destination.asArguments());
  }

  @AfterAll
  static void stop() {
    api.close();
    destination.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    destination.execute("TRUNCATE customer_order_flat");
  }

  @Test
  void emptyDestinationHasNeitherIdsNorRows() {
    assertThat(body("/max-id")).isEqualTo("{\"maxRentalId\":0}");
    assertThat(body("/range?from=0&to=10000")).isEqualTo("[]");
  }

  @Test
  void maxIdLeavesTombstonesOut() throws SQLException {
    destination.execute(EXTREMES);
    assertThat(body("/max-id")).isEqualTo("{\"maxRentalId\":3}");
  }

  @Test
  void rowIsAnsweredExactlyAsItIsStored() throws SQLException {
    destination.execute(EXTREMES);
    assertThat(body("/range?from=0&to=1"))
        .isEqualTo(
            "[{\"rentalId\":1,\"paymentId\":10,\"categoryId\":1,\"customerId\":5,"
                + "\"customerName\":\"Zoë O'Hara 🎬\",\"filmId\":7,"
                + "\"filmTitle\":\"ACADEMY \\\"DINOSAUR\\\"\",\"category\":\"Sci-Fi\","
                + "\"amount\":2.50,\"rentalDate\":\"2005-05-24T22:53:30\",\"returnDate\":null,"
                + "\"rowVersion\":1}]");
  }

  @Test
  void amountsKeepBothDigits() throws SQLException {
    destination.execute(EXTREMES);
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
    destination.execute(EXTREMES);
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
    destination.execute(EXTREMES);
    List<String> keys = new ArrayList<>();
    for (JsonNode row : rows(from, to)) {
      keys.add(
          "%s/%s/%s".formatted(row.get("rentalId"), row.get("paymentId"), row.get("categoryId")));
    }
    assertThat(String.join(" ", keys)).isEqualTo(expected);
  }

  @Test
  void widestRangeIsAnsweredWhole() throws SQLException {
    destination.execute(
        """
        INSERT INTO customer_order_flat
        SELECT id, payment, 1, 1, 'N', 1, 'T', 'C', 1.00, '2005-05-24', NULL, 1, false
        FROM generate_series(1, 10001) id, generate_series(1, 2) payment
        """);
    assertThat(rows(0, 10_000)).hasSize(20_000);
  }

  @Test
  void destinationCannotBeWrittenThroughThePool() throws SQLException {
    try (Connection connection = api.context.getBean(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM customer_order_flat"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
    }
  }

  private static JsonNode rows(long from, long to) {
    return JsonMapper.shared().readTree(body("/range?from=%d&to=%d".formatted(from, to)));
  }

  private static String body(String uri) {
    return api.get(uri)
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .returnResult()
        .getResponseBody();
  }
}
