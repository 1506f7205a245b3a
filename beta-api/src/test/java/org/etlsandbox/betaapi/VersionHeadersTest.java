package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What clients are told of a version that comes to its end; no database is needed for it. */
class VersionHeadersTest {

  private static final String NOWHERE = "--etl.query.url=jdbc:postgresql://127.0.0.1:1/nowhere";

  @Test
  void everyAnswerOfADeprecatedVersionSaysUntilWhenItIsThere() {
    try (RunningApi api =
        new RunningApi(
            NOWHERE,
            "--etl.api.versions.v1.deprecated=2027-01-01",
            "--etl.api.versions.v1.sunset=2027-10-01",
            "--etl.api.versions.v1.successor=https://example.org/v2")) {
      api.get("/range?from=x")
          .expectStatus()
          .isBadRequest()
          .expectHeader()
          .valueEquals("Deprecation", "@1798761600")
          .expectHeader()
          .valueEquals("Sunset", "Fri, 01 Oct 2027 00:00:00 GMT")
          .expectHeader()
          .valueEquals("Link", "<https://example.org/v2>; rel=\"deprecation\"");
      api.getAt("/api/v2/things").expectHeader().doesNotExist("Deprecation");
    }
  }

  @Test
  void otherwiseNothingIsSaid() {
    try (RunningApi api = new RunningApi(NOWHERE)) {
      api.get("/range?from=x")
          .expectStatus()
          .isBadRequest()
          .expectHeader()
          .doesNotExist("Deprecation")
          .expectHeader()
          .doesNotExist("Sunset");
    }
  }

  @Test
  void nobodyIsGivenLessThanSixMonths() {
    assertThatThrownBy(() ->
            new RunningApi(
                    NOWHERE,
                    "--etl.api.versions.v1.deprecated=2027-01-01",
                    "--etl.api.versions.v1.sunset=2027-06-30")
                .close())
        .rootCause()
        .hasMessage(
            "etl.api.versions.v1.sunset is 2027-06-30: it must be 2027-07-01 or later, 6 months after etl.api.versions.v1.deprecated (2027-01-01)");
  }
}
