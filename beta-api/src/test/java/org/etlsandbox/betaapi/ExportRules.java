package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.betaapi.FlatRow.row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in a file. */
interface ExportRules extends QueryRules {

  String HEADER =
      "rentalId,paymentId,categoryId,customerId,customerName,filmId,filmTitle,category,amount,rentalDate,returnDate,rowVersion";

  private void hostileRows() {
    given(
        row(2, 2, 1).customer(6, "Zoë, \"the\" 🎬").film(8, "LINE\r\nBREAK\n"),
        row(1, 1, 1).amount("2.50").returned("2005-06-01T00:00:00"),
        row(3, 3, 1).customer(7, "=1+1").film(9, "").category("@x").amount("-0.01"),
        row(4, 4, 1).tombstone());
  }

  @Test
  default void csvIsOfRfc4180AndEveryValueIsAsItIsStored() {
    hostileRows();
    assertThat(body("/export?format=csv"))
        .isEqualTo(
            """
            %s
            1,1,1,5,N,7,T,C1,2.50,2005-05-24T00:00:00,2005-06-01T00:00:00,1
            2,2,1,6,"Zoë, ""the"" 🎬",8,"LINE\r
            BREAK
            ",C1,1.00,2005-05-24T00:00:00,,1
            3,3,1,7,=1+1,9,"",@x,-0.01,2005-05-24T00:00:00,,1
            """
                .formatted(HEADER)
                .replaceAll("(?<=1|n)\n", "\r\n"));
    assertThat(body("/export?format=csv&includeDeleted=true&filmId=7"))
        .isEqualTo(
            HEADER
                + ",deleted\r\n1,1,1,5,N,7,T,C1,2.50,2005-05-24T00:00:00,2005-06-01T00:00:00,1,false\r\n"
                + "4,4,1,5,N,7,T,C1,1.00,2005-05-24T00:00:00,,1,true\r\n");
  }

  @Test
  default void ndjsonHasTheRowsOfTheListALineEach() {
    hostileRows();
    String list = body("?limit=1000");
    assertThat(body("/export?format=ndjson"))
        .isEqualTo(
            list.substring("{\"items\":[".length(), list.length() - "],\"next\":null}".length())
                    .replace("},{", "}\n{")
                + "\n");
  }

  @Test
  default void nothingIsAHeaderLineOrNothing() {
    assertThat(body("/export?format=csv")).isEqualTo(HEADER + "\r\n");
    assertThat(body("/export?format=ndjson")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "               | */*                                          | application/x-ndjson",
        "               | application/x-ndjson                         | application/x-ndjson",
        "               | text/csv                                     | text/csv",
        "               | text/*                                       | text/csv",
        "               | text/csv;q=0.5, application/x-ndjson         | application/x-ndjson",
        "               | text/html, text/csv;q=0.2, */*;q=0.1         | text/csv",
        "?format=csv    | application/json                             | text/csv",
        "?format=ndjson | text/csv                                     | application/x-ndjson",
      })
  default void theParameterWinsThenWhatIsAcceptedMost(String query, String accept, String type) {
    given(row(1, 1, 1));
    String extension = type.equals("text/csv") ? "csv" : "ndjson";
    for (boolean head : new boolean[] {false, true}) {
      byte[] body =
          api()
              .export(head, query == null ? "" : query, accept)
              .expectStatus()
              .isOk()
              .expectHeader()
              .contentType(type.equals("text/csv") ? "text/csv;charset=UTF-8;header=present" : type)
              .expectHeader()
              .valueEquals(
                  "Content-Disposition",
                  "attachment; filename=\"customer-order-flat." + extension + "\"")
              .expectBody()
              .returnResult()
              .getResponseBody();
      if (head) {
        assertThat(body).isNull();
      } else {
        assertThat(body).isNotEmpty();
      }
    }
  }
}
