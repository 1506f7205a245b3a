package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.betaapi.FlatRow.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a list goes on from page to page. */
interface PageRules extends QueryRules {

  private void rowsWithTies() {
    given(
        row(1, 1, 1).customer(2, "B").amount("0.99").rented("2005-05-01T10:00:00"),
        row(2, 2, 1).customer(1, "A").amount("-0.50").rented("2005-05-03T10:00:00"),
        row(2, 2, 2).customer(1, "A").amount("-0.50").rented("2005-05-03T10:00:00"),
        row(2, 3, 1).customer(1, "A").amount("10.00").rented("2005-05-03T10:00:00"),
        row(3, 4, 1).customer(2, "B").amount("0.99").rented("2005-05-02T10:00:00"),
        row(4, 1, 1).customer(2, "B").amount("0.99").rented("2005-05-01T10:00:00"));
  }

  String UP = "1/1/1 2/2/1 2/2/2 2/3/1 3/4/1 4/1/1";
  String DOWN = "4/1/1 3/4/1 2/3/1 2/2/2 2/2/1 1/1/1";

  @ParameterizedTest
  @CsvSource({
    "'',          " + UP,
    "rentalId,    " + UP,
    "-rentalId,   " + DOWN,
    "amount,      2/2/1 2/2/2 1/1/1 3/4/1 4/1/1 2/3/1",
    "-amount,     2/3/1 4/1/1 3/4/1 1/1/1 2/2/2 2/2/1",
    "rentalDate,  1/1/1 4/1/1 3/4/1 2/2/1 2/2/2 2/3/1",
    "-rentalDate, 2/3/1 2/2/2 2/2/1 3/4/1 4/1/1 1/1/1",
    "customerId,  2/2/1 2/2/2 2/3/1 1/1/1 3/4/1 4/1/1",
    "-customerId, 4/1/1 3/4/1 1/1/1 2/3/1 2/2/2 2/2/1",
  })
  default void everyPageSizeLeadsThroughTheSameRows(String sort, String expected) {
    rowsWithTies();
    String order = sort.isEmpty() ? "" : "&sort=" + sort;
    for (int limit = 1; limit <= 7; limit++) {
      List<Integer> sizes = new ArrayList<>();
      List<String> keys = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = json("?limit=" + limit + order + cursor);
        sizes.add(page.get("items").size());
        keys.add(QueryRules.keys(page.get("items")));
        cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
      } while (!cursor.isEmpty());
      assertThat(String.join(" ", keys)).as("limit %d", limit).isEqualTo(expected);
      // None but the last page is short, and no page is empty
      assertThat(sizes).as("limit %d", limit).hasSize((6 + limit - 1) / limit);
      int full = limit;
      assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(size -> size == full);
    }
  }

  @Test
  default void theHeaderLeadsToTheNextPageOfTheSameQuery() {
    given(
        row(1, 1, 1).customer(1, "Ö & Co=1+1"),
        row(2, 2, 1).customer(2, "other"),
        row(3, 3, 1).customer(3, "Ö & Co=1+1"));
    String query = "?customerName={name}&limit=1&sort=-amount";
    RestTestClient.ResponseSpec first = api().get(query, "Ö & Co=1+");
    String link =
        first
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseHeaders()
            .getFirst("Link");
    assertThat(link)
        .startsWith(
            "<"
                + RunningApi.FLATS
                + "?customerName=%C3%96+%26+Co%3D1%2B&limit=1&sort=-amount&cursor=")
        .endsWith(">; rel=\"next\"");
    RestTestClient.BodyContentSpec second =
        api()
            .getAt(link.substring(1, link.indexOf('>')))
            .expectStatus()
            .isOk()
            .expectHeader()
            .doesNotExist("Link")
            .expectBody();
    JsonNode page = JsonMapper.shared().readTree(second.returnResult().getResponseBody());
    assertThat(QueryRules.keys(page.get("items"))).isEqualTo("1/1/1");
    assertThat(page.get("next").isNull()).isTrue();
  }

  @Test
  default void hundredRowsUnlessToldOtherwise() {
    FlatRows.insert(database(), Stream.iterate(1L, n -> n + 1).limit(1001).map(n -> row(n, n, 1)));
    assertThat(json("").get("items").size()).isEqualTo(100);
    JsonNode largest = json("?limit=1000");
    assertThat(largest.get("items").size()).isEqualTo(1000);
    assertThat(
            QueryRules.keys(
                json("?limit=1000&cursor=" + largest.get("next").asString()).get("items")))
        .isEqualTo("1001/1001/1");
  }

  @Test
  default void aCursorGoesOnWhereItsRowWasEvenIfThatIsGone() {
    rowsWithTies();
    String next = json("?limit=3").get("next").asString();
    database().execute("DELETE FROM customer_order_flat WHERE rental_id = 2 AND payment_id = 2");
    given(row(2, 2, 3));
    assertThat(QueryRules.keys(json("?cursor=" + next).get("items")))
        .isEqualTo("2/2/3 2/3/1 3/4/1 4/1/1");
  }

  @Test
  default void aCursorBelongsToItsQuery() {
    rowsWithTies();
    String next = json("?limit=1&filmId=7").get("next").asString();
    assertThat(next).matches("[A-Za-z0-9_-]+");
    // The size of the pages may change on the way
    assertThat(json("?limit=5&filmId=7&cursor=" + next).get("items").size()).isEqualTo(5);
    for (String other :
        new String[] {
          "?cursor=",
          "?filmId=8&cursor=",
          "?filmId=7&sort=-rentalId&cursor=",
          "?filmId=7&open=true&cursor=",
          "?filmId=7&includeDeleted=true&cursor=",
          "?customerId=7&cursor=",
          "/aggregates/customers?filmId=7&cursor="
        }) {
      refused(other + next);
    }
    for (int i = 0; i < next.length(); i++) {
      char changed = next.charAt(i) == 'A' ? 'B' : 'A';
      refused("?filmId=7&cursor=" + next.substring(0, i) + changed + next.substring(i + 1));
    }
    refused("?filmId=7&cursor=" + next.substring(1));
    refused("?filmId=7&cursor=" + next + "A");
    refused("?filmId=7&cursor=" + next + "=");
  }

  private void refused(String query) {
    api()
        .get(query)
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.parameter")
        .isEqualTo("cursor");
  }
}
