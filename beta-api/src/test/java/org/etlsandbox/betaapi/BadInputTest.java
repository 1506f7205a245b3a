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
        "from=1&from=2&to=5 | from | 1,2 | Parameter 'from' must be a rental id (a whole number from 0 on, at most 18 digits), but is '1,2'.",
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
  @CsvSource({
    "GET,    /nothing, */*,       404",
    "DELETE, /max-id,  */*,       405",
    "GET,    /max-id,  text/html, 406",
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
