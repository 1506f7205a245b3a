package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.betaapi.FlatRow.row;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What rows add up to: a payment counts once, however many categories its film has. */
interface TotalsRules extends QueryRules {

  private void twoCategoriesForOneFilm() {
    given(
        row(1, 1, 1).customer(1, "A").amount("2.50").rented("2005-05-31T23:59:59"),
        row(1, 1, 2).customer(1, "A").amount("2.50").rented("2005-05-31T23:59:59"),
        row(1, 2, 1).customer(1, "A").amount("2.50").rented("2005-05-31T23:59:59"),
        row(1, 2, 2).customer(1, "A").amount("2.50").rented("2005-05-31T23:59:59"),
        row(2, 3, 1).customer(2, "B").amount("99999999.99").rented("2005-06-01T00:00:00"),
        row(3, 4, 1).customer(2, "B").amount("99999999.99").rented("2006-06-01T00:00:00"),
        row(4, 5, 1).customer(3, "C").amount("7.00").tombstone());
  }

  @Test
  default void byCategory() {
    twoCategoriesForOneFilm();
    assertThat(body("/aggregates/categories"))
        .isEqualTo(
            "{\"items\":[{\"categoryId\":1,\"category\":\"C1\",\"rentals\":3,\"payments\":4,\"amount\":200000004.98},"
                + "{\"categoryId\":2,\"category\":\"C2\",\"rentals\":1,\"payments\":2,\"amount\":5.00}]}");
    assertThat(body("/aggregates/categories?category=C2&customerId=2")).isEqualTo("{\"items\":[]}");
  }

  @Test
  default void byMonth() {
    twoCategoriesForOneFilm();
    assertThat(body("/aggregates/months"))
        .isEqualTo(
            "{\"items\":[{\"month\":\"2005-05\",\"rentals\":1,\"payments\":2,\"amount\":5.00},"
                + "{\"month\":\"2005-06\",\"rentals\":1,\"payments\":1,\"amount\":99999999.99},"
                + "{\"month\":\"2006-06\",\"rentals\":1,\"payments\":1,\"amount\":99999999.99}]}");
    assertThat(body("/aggregates/months?rentalDateTo=2005-06-01&category=C1"))
        .isEqualTo(
            "{\"items\":[{\"month\":\"2005-05\",\"rentals\":1,\"payments\":2,\"amount\":5.00}]}");
  }

  @Test
  default void byCustomer() {
    twoCategoriesForOneFilm();
    assertThat(body("/aggregates/customers?includeDeleted=true"))
        .isEqualTo(
            "{\"items\":[{\"customerId\":1,\"customerName\":\"A\",\"rentals\":1,\"payments\":2,\"amount\":5.00},"
                + "{\"customerId\":2,\"customerName\":\"B\",\"rentals\":2,\"payments\":2,\"amount\":199999999.98},"
                + "{\"customerId\":3,\"customerName\":\"C\",\"rentals\":1,\"payments\":1,\"amount\":7.00}],\"next\":null}");
  }

  @Test
  default void customersComeInPages() {
    FlatRows.insert(
        database(),
        Stream.iterate(1L, n -> n + 1).limit(5).map(n -> row(n, n, 1).customer(n, "N")));
    StringBuilder ids = new StringBuilder();
    String cursor = "";
    do {
      JsonNode page = json("/aggregates/customers?limit=2" + cursor);
      page.get("items").forEach(item -> ids.append(item.get("customerId").asLong()).append(' '));
      ids.append("| ");
      cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
    } while (!cursor.isEmpty());
    assertThat(ids.toString()).isEqualTo("1 2 | 3 4 | 5 | ");
  }
}
