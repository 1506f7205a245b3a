package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** What cannot be served is refused before any database is asked: there is none here. */
@ExtendWith(OutputCaptureExtension.class)
class BadInputTest {

  private static RunningApi api;

  @BeforeAll
  static void start() {
    api = new RunningApi("--etl.query.url=jdbc:postgresql://127.0.0.1:1/nowhere");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "from=0&to=10001 | to | 10001 | Parameter 'to' must be at most 10000, because a range spans at most 10000 rentals, but is '10001'.",
        "from=5&to=5 | to | 5 | Parameter 'to' must be greater than 'from' (5), the range being (from, to], but is '5'.",
        "from=6&to=5 | to | 5 | Parameter 'to' must be greater than 'from' (6), the range being (from, to], but is '5'.",
        "to=5 | from | none | Parameter 'from' must be a rental id (a whole number from 0 on, at most 18 digits), but is missing.",
        "from=5 | to | none | Parameter 'to' must be a rental id (a whole number from 0 on, at most 18 digits), but is missing.",
        "from=-1&to=5 | from | -1 | Parameter 'from' must be a rental id (a whole number from 0 on, at most 18 digits), but is '-1'.",
        "from=&to=5 | from | '' | Parameter 'from' must be a rental id (a whole number from 0 on, at most 18 digits), but is ''.",
        "from=0&to=1.5 | to | 1.5 | Parameter 'to' must be a rental id (a whole number from 0 on, at most 18 digits), but is '1.5'.",
        "from=0&to=1e3 | to | 1e3 | Parameter 'to' must be a rental id (a whole number from 0 on, at most 18 digits), but is '1e3'.",
        "from=٣&to=5 | from | ٣ | Parameter 'from' must be a rental id (a whole number from 0 on, at most 18 digits), but is '٣'.",
        "from=0&to=9999999999999999999 | to | 9999999999999999999 | Parameter 'to' must be a rental id (a whole number from 0 on, at most 18 digits), but is '9999999999999999999'.",
        "from=1;drop&to=5 | from | 1;drop | Parameter 'from' must be a rental id (a whole number from 0 on, at most 18 digits), but is '1;drop'.",
        "from=1&from=2&to=5 | from | 1,2 | Parameter 'from' must be given once, but is '1,2'.",
        "from=1&to=5&form=2 | form | 2 | Parameter 'form' must not be given, since only from, to are known here, but is '2'.",
      })
  void rangeIsRefusedNamingParameterAndValue(
      String query, String parameter, String value, String detail) {
    api.get("/range?" + query)
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .valueEquals("Content-Type", "application/problem+json")
        .expectBody()
        .jsonPath("$.title")
        .isEqualTo("Invalid parameter")
        .jsonPath("$.status")
        .isEqualTo(400)
        .jsonPath("$.parameter")
        .isEqualTo(parameter)
        .jsonPath("$.value")
        .isEqualTo(value)
        .jsonPath("$.detail")
        .isEqualTo(detail)
        .jsonPath("$.instance")
        .isEqualTo(RunningApi.FLATS + "/range");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/max-id?x=1 | x | not be given, since there is none here, but is '1'",
        "?custmerId=1 | custmerId | not be given, since only amountMax, amountMin, category, cursor, customerId, customerName, filmId, filmTitle, includeDeleted, limit, open, rentalDateFrom, rentalDateTo, sort are known here, but is '1'",
        "?CustomerId=1 | CustomerId | not be given",
        "?customerId=1&customerId=1 | customerId | be given once, but is '1,1'",
        "?customerId= | customerId | be a customer id",
        "?customerId=-1 | customerId | be a customer id",
        "?filmId=1.0 | filmId | be a film id",
        "?filmId=1' OR 1=1 | filmId | be a film id",
        "?customerName= | customerName | be a text of 1 to 255 characters",
        "?category={nul} | category | be a text of 1 to 255 characters without U+0000",
        "?filmTitle={long} | filmTitle | be a text of 1 to 255 characters",
        "?amountMin=1.234 | amountMin | be an amount",
        "?amountMin=1e3 | amountMin | be an amount",
        "?amountMax=123456789 | amountMax | be an amount",
        "?amountMax=2,50 | amountMax | be an amount",
        "?amountMin=3&amountMax=2.99 | amountMax | not be less than 'amountMin' (3), but is '2.99'",
        "?rentalDateFrom=24.05.2005 | rentalDateFrom | be a date or date and time without a zone",
        "?rentalDateFrom=2005-02-29 | rentalDateFrom | be a date",
        "?rentalDateTo=2005-05-24T10:00:00Z | rentalDateTo | be a date",
        "?rentalDateTo=0000-01-01 | rentalDateTo | be a date",
        "?rentalDateFrom=2005-05-24&rentalDateTo=2005-05-24T00:00 | rentalDateTo | be later than 'rentalDateFrom' (2005-05-24)",
        "?open=yes | open | be true or false",
        "?includeDeleted=TRUE | includeDeleted | be true or false",
        "?sort=rental_id | sort | be one of rentalId, rentalDate, amount, customerId, with a leading - for descending",
        "?sort=--rentalId | sort | be one of",
        "?sort= | sort | be one of",
        "?limit=0 | limit | be a whole number from 1 to 1000",
        "?limit=1001 | limit | be a whole number from 1 to 1000",
        "?limit=99999999999999999999 | limit | be a whole number",
        "?cursor= | cursor | be 'next' of the page before",
        "?cursor=AAAA | cursor | be 'next' of the page before",
        "?cursor={long} | cursor | be 'next' of the page before",
        "?cursor=💥 | cursor | be 'next' of the page before",
        "/1234567890123456789 | rentalId | be a rental id",
        "/1?includeDeleted=1 | includeDeleted | be true or false",
        "/aggregates/categories?limit=1 | limit | not be given",
        "/aggregates/months?sort=amount | sort | not be given",
        "/aggregates/customers?limit=-1 | limit | be a whole number from 1 to 1000",
        "/aggregates/customers?cursor=AAAA | cursor | be 'next' of the page before",
        "/export?format=xml | format | be ndjson or csv",
        "/export?limit=5 | limit | not be given",
      })
  void whatIsNoParameterOrHasNoSuchValueIsRefused(String uri, String parameter, String reason) {
    String filled = uri.contains("{") ? uri.replaceFirst("\\{.*}", "{value}") : uri;
    String value = uri.contains("{nul}") ? "a\0b" : "x".repeat(256);
    String detail =
        api.get(filled, filled.equals(uri) ? new Object[0] : new Object[] {value})
            .expectStatus()
            .isBadRequest()
            .expectHeader()
            .valueEquals("Content-Type", "application/problem+json")
            .expectBody(ProblemDetail.class)
            .returnResult()
            .getResponseBody()
            .getDetail();
    assertThat(detail).startsWith("Parameter '" + parameter + "' must " + reason);
  }

  @Test
  void anAddressThatIsTooLongIsRefusedAsAProblem() {
    api.get("?customerName=" + "x".repeat(9_000))
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /export,  text/html, 406",
    "POST,   /export,  */*,       405",
    "GET,    /nothing, */*,       404",
    "DELETE, /max-id,  */*,       405",
    "GET,    /max-id,  text/html, 406",
    "GET,    /max-id,  x/,        406",
    "GET,    /export,  x/,        406",
  })
  void otherErrorsAreProblemsToo(String method, String path, String accept, int status) {
    api.client()
        .method(HttpMethod.valueOf(method))
        .uri(RunningApi.FLATS + path)
        .header("Accept", accept)
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .expectHeader()
        .valueEquals("Content-Type", "application/problem+json")
        .expectBody()
        .jsonPath("$.status")
        .isEqualTo(status);
  }

  @Test
  void nameOfTheDestinationChoosesItsVariables() {
    try (RunningApi neptune =
        new RunningApi(
            "--etl.query.destination=neptune",
            "--neptune.url=jdbc:postgresql://127.0.0.1:1/neptune",
            "--neptune.username=somebody",
            "--mars.url=jdbc:postgresql://127.0.0.1:1/mars")) {
      QueryProperties query = neptune.context.getBean(QueryProperties.class);
      assertThat(query.url()).endsWith("/neptune");
      assertThat(query.username()).isEqualTo("somebody");
      assertThat(query.password()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--etl.query.url=                            | etl.query.url is empty, so mars cannot be queried: set MARS_URL or ETL_QUERY_URL to its JDBC URL",
        "--etl.query.url=jdbc:h2:mem:x;password=pw1  | beta-api reads jdbc:postgresql:… and jdbc:sqlserver:…; give the URL of one of these",
        "--etl.query.timeout=10ms                    | etl.query.timeout is PT0.01S: it must be at least PT1S",
        "--etl.query.max-connections=0               | must be greater than or equal to 1",
        "--etl.query.max-exports=4                   | etl.query.max-exports is 4: it must be less than etl.query.max-connections (4)",
        "--etl.query.control.url=jdbc:mysql://c/x?password=pw1 | etl.query.control.url is control at jdbc:mysql://c/x: the control database is a PostgreSQL",
      })
  void wrongConfigurationIsNamedInsteadOfStarting(
      String argument, String message, CapturedOutput log) {
    assertThatThrownBy(() -> new RunningApi(withUrl(argument)).close());
    assertThat(log.getAll())
        .contains("APPLICATION FAILED TO START")
        .contains(message)
        .doesNotContain("pw1");
  }

  private static String[] withUrl(String argument) {
    return argument.startsWith("--etl.query.url")
        ? new String[] {argument}
        : new String[] {"--etl.query.url=jdbc:postgresql://127.0.0.1:1/x", argument};
  }
}
