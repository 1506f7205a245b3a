package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.betaapi.FlatRow.row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows a list has. */
interface FilterRules extends QueryRules {

  private void rowsOfAllKinds() {
    given(
        row(1, 1, 1).customer(1, "Zoë 100% O'Hara").film(1, "ALIEN").amount("0.00"),
        row(2, 2, 2).customer(2, "Zoe_[a] Z").film(2, "Alien 2").amount("2.99"),
        row(2, 3, 2).customer(2, "Zoe_[a] Z").film(2, "Alien 2").amount("3.00"),
        row(3, 4, 1).customer(3, "ZOE").rented("2005-06-01T00:00:00"),
        row(4, 5, 1).customer(4, "🎬 Z").returned("2005-06-01T10:00:00"),
        row(5, 6, 3).customer(5, "Zo").category("c1").amount("-1.50"),
        row(6, 7, 4).category("C1 "),
        row(7, 8, 1).customer(1, "Zoë 100% O'Hara").tombstone());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "customerId=1                               | 1/1/1",
        "customerId=99                              | ''",
        "customerName=Zo                            | 1/1/1 2/2/2 2/3/2 5/6/3",
        "customerName=zo                            | ''",
        "customerName=Zoe                           | 2/2/2 2/3/2",
        "customerName=Zoë                           | 1/1/1",
        "customerName=🎬                            | 4/5/1",
        "customerName=Zoë 100%                      | 1/1/1",
        "customerName=%                             | ''",
        "customerName=Zo_                           | ''",
        "customerName=Zoe_[a]                       | 2/2/2 2/3/2",
        "customerName=Zoe_a                         | ''",
        "customerName=!                             | ''",
        "customerName=Zoë 100% O'Hara               | 1/1/1",
        "customerName=' OR 1=1 --                   | ''",
        "category=C1                                | 1/1/1 3/4/1 4/5/1",
        "category=c1                                | 5/6/3",
        "category=C%                                | ''",
        "filmId=2                                   | 2/2/2 2/3/2",
        "filmTitle=Alien                            | 2/2/2 2/3/2",
        "amountMin=2.99                             | 2/2/2 2/3/2",
        "amountMin=3                                | 2/3/2",
        "amountMax=0                                | 1/1/1 5/6/3",
        "amountMin=-1.5&amountMax=-1.50             | 5/6/3",
        "rentalDateFrom=2005-06-01                  | 3/4/1",
        "rentalDateFrom=2005-05-24T00:00:01         | 3/4/1",
        "rentalDateTo=2005-05-24                    | ''",
        "rentalDateTo=2005-06-01T00:00:00&filmId=1  | 1/1/1",
        "rentalDateFrom=0001-01-01&rentalDateTo=9999-12-31T23:59:59&open=false | 4/5/1",
        "open=true&customerId=1                     | 1/1/1",
        "open=false                                 | 4/5/1",
        "customerId=1&includeDeleted=true           | 1/1/1 7/8/1",
        "customerId=1&includeDeleted=false          | 1/1/1",
        "customerId=2&amountMin=3&category=C2&filmTitle=A&customerName=Z | 2/3/2",
      })
  default void everyConditionMustHold(String query, String expected) {
    rowsOfAllKinds();
    assertThat(QueryRules.keys(json(RunningApi.encoded(query)).get("items"))).isEqualTo(expected);
  }

  @Test
  default void trailingBlanksCount() {
    rowsOfAllKinds();
    assertThat(QueryRules.keys(json("?category=C1%20").get("items"))).isEqualTo("6/7/4");
  }

  @Test
  default void headersAreNoParameters() {
    given(row(1, 1, 1), row(2, 2, 1).customer(6, "Other"));
    String body =
        api()
            .client()
            .get()
            .uri(RunningApi.FLATS)
            .header("Customer-Id", "6")
            .header("customerId", "6")
            .header("Limit", "1")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();
    assertThat(body).contains("\"rentalId\":1,", "\"rentalId\":2,");
  }

  @Test
  default void onlyWhereTombstonesAreAskedForARowSaysWhetherItIsOne() {
    given(row(1, 1, 1), row(2, 2, 1).tombstone());
    assertThat(body("")).doesNotContain("deleted").endsWith("\"rowVersion\":1}],\"next\":null}");
    assertThat(body("?includeDeleted=true"))
        .contains("\"rowVersion\":1,\"deleted\":false}")
        .endsWith("\"rowVersion\":1,\"deleted\":true}],\"next\":null}");
  }

  @Test
  default void aRentalIsAnsweredWithAllItsRows() {
    given(row(1, 1, 1), row(2, 3, 1), row(2, 2, 2), row(2, 2, 1), row(3, 4, 1).tombstone());
    assertThat(QueryRules.keys(json("/2").get("rows"))).isEqualTo("2/2/1 2/2/2 2/3/1");
    assertThat(body("/1"))
        .startsWith("{\"rentalId\":1,\"rows\":[{\"rentalId\":1,")
        .doesNotContain("deleted");
    assertThat(QueryRules.keys(json("/3?includeDeleted=true").get("rows"))).isEqualTo("3/4/1");
    for (String none : new String[] {"/3", "/4", "/999999999999999999"}) {
      api()
          .get(none)
          .expectStatus()
          .isNotFound()
          .expectHeader()
          .valueEquals("Content-Type", "application/problem+json")
          .expectBody()
          .jsonPath("$.title")
          .isEqualTo("No such rental")
          .jsonPath("$.rentalId")
          .isEqualTo(Long.parseLong(none.substring(1)));
    }
  }
}
