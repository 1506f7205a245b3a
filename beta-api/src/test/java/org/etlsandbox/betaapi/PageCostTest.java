package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a page costs the destination, by PostgreSQL's own account of the statement that was run. */
@Isolated("LastStatement is one for the JVM")
class PageCostTest {

  private static final int ROWS = 100_000;
  private static final int PAGE = 100;

  /**
   * Further rows of the rental where the page before ended, and the one that says that more follow.
   */
  private static final int A_FEW = 5;

  private static final BigDecimal AMOUNT = new BigDecimal("4.99");

  private static TestDatabase database;
  private static RunningApi api;

  @BeforeAll
  static void start() {
    database = TestEngines.postgreSql().newDatabase();
    database.execute(TestDestination.schema());
    // Two payments a rental
    database.execute(
        """
        INSERT INTO customer_order_flat
        SELECT (n + 1) / 2, n, 1, n %% 600, 'Name', 1, 'Title', 'Action', n %% 100 + 0.99, '2005-05-24', NULL, 1, false
        FROM generate_series(1, %d) n
        """
            .formatted(ROWS));
    database.execute("ANALYZE customer_order_flat");
    api =
        new RunningApi(
            "--etl.query.url=" + database.url(),
            "--etl.query.username=" + database.username(),
            "--etl.query.password=" + database.password(),
            LastStatement.ARGUMENT);
  }

  @AfterAll
  static void stop() {
    api.close();
    database.close();
  }

  @Test
  void firstPage() throws SQLException {
    api.get("?limit=" + PAGE).expectStatus().isOk();
    assertThat(read(List.of(PAGE + 1))).isBetween((long) PAGE, (long) PAGE + A_FEW);
  }

  @Test
  void anyPageUpwards() throws SQLException {
    for (long rental : new long[] {50, ROWS / 4, ROWS / 2 - 60}) {
      askedAfter(rental, "rentalId");
      assertThat(read(List.of(rental, rental, 2 * rental, 2 * rental, 1L, PAGE + 1)))
          .isBetween((long) PAGE, (long) PAGE + A_FEW);
    }
  }

  @Test
  void anyPageDownwards() throws SQLException {
    for (long rental : new long[] {ROWS / 2 - 50, ROWS / 4, 60}) {
      askedAfter(rental, "-rentalId");
      assertThat(read(List.of(rental, rental, 2 * rental, 2 * rental, 1L, PAGE + 1)))
          .isBetween((long) PAGE, (long) PAGE + A_FEW);
    }
  }

  @Test
  void aRental() throws SQLException {
    api.get("/777").expectStatus().isOk();
    assertThat(read(List.of(777L))).isEqualTo(2);
  }

  /** With the index that the README names: also in the middle of 1,000 rows of equal amount. */
  @Test
  void anyPageInAnotherOrderThatHasItsIndex() throws SQLException {
    database.execute(
        "CREATE INDEX customer_order_flat_amount ON customer_order_flat (amount, rental_id, payment_id, category_id)");
    for (String sort : new String[] {"amount", "-amount"}) {
      askedAfter(ROWS / 4, sort);
      assertThat(read(List.of(AMOUNT, ROWS / 4L, ROWS / 4L, ROWS / 2L, ROWS / 2L, 1L, PAGE + 1)))
          .as(sort)
          .isBetween((long) PAGE, (long) PAGE + A_FEW);
    }
    database.execute("DROP INDEX customer_order_flat_amount");
  }

  private static void askedAfter(long rental, String sort) {
    FlatFilter everything = FlatFilter.everything(false);
    String cursor =
        FlatPosition.cursor(
            everything,
            FlatSort.of(sort),
            new FlatResponse(
                rental, 2 * rental, 1, 1, "", 1, "", "", AMOUNT, FlatRow.DAY, null, 1, null));
    JsonNode page =
        JsonMapper.shared()
            .readTree(
                api.get("?limit=%d&sort=%s&cursor=%s".formatted(PAGE, sort, cursor))
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .returnResult()
                    .getResponseBody());
    assertThat(page.get("items").size()).isEqualTo(PAGE);
  }

  /** Rows that are looked at, whether they are then answered or not. */
  private static long read(List<Object> parameters) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement explain =
            connection.prepareStatement("EXPLAIN (ANALYZE, FORMAT JSON) " + LastStatement.get())) {
      for (int i = 0; i < parameters.size(); i++) {
        explain.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet row = explain.executeQuery()) {
        row.next();
        return read(JsonMapper.shared().readTree(row.getString(1)).get(0).get("Plan"));
      }
    }
  }

  private static long read(JsonNode node) {
    long rows = 0;
    if (node.get("Node Type").asString().contains("Scan")) {
      rows += node.get("Actual Rows").asLong() * node.get("Actual Loops").asLong();
      rows += node.path("Rows Removed by Filter").asLong(0);
    }
    for (JsonNode child : node.path("Plans")) {
      rows += read(child);
    }
    return rows;
  }
}
