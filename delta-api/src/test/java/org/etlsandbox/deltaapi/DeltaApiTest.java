package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.etlsandbox.clickhouse.ClickHouseSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The API as it really runs, next to libraries for databases that it does not have. */
class DeltaApiTest {

  private static final String TABLE = "/api/v1/ddl/customer-order-flat";

  private static RunningDdl api;

  @BeforeAll
  static void start() {
    api = new RunningDdl();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text/plain", "text/*", "text/plain, application/json;q=0.5"})
  void definitionIsTheAdaptersOwnAsText(String accept) {
    client()
        .get()
        .uri(TABLE + "?dialect=clickhouse")
        .header("Accept", accept)
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Content-Type", "text/plain;charset=UTF-8")
        .expectBody(String.class)
        .value(sql -> {
          assertThat(sql.strip()).isEqualTo(ClickHouseSchema.tableDdl().strip());
          assertThat(sql)
              .startsWith("CREATE TABLE")
              .contains("ReplacingMergeTree(row_version, is_deleted)");
        });
  }

  @Test
  void definitionIsJsonForThoseWhoAskForIt() {
    client()
        .get()
        .uri(TABLE + "?dialect=clickhouse")
        .header("Accept", "application/json")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Content-Type", "application/json")
        .expectBody()
        .jsonPath("$.length()")
        .isEqualTo(3)
        .jsonPath("$.dialect")
        .isEqualTo("clickhouse")
        .jsonPath("$.table")
        .isEqualTo("customer_order_flat")
        .jsonPath("$.sql")
        .isEqualTo(ClickHouseSchema.tableDdl().strip());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "?dialect=oracle     | oracle     | is 'oracle'",
        "?dialect=ClickHouse | ClickHouse | is 'ClickHouse'",
        "?dialect=           | ''         | is ''",
        "?                   | none       | is missing",
      })
  void otherDialectsAreRefusedNamingTheSupportedOnes(String query, String value, String is) {
    client()
        .get()
        .uri(TABLE + query)
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .valueEquals("Content-Type", "application/problem+json")
        .expectBody()
        .jsonPath("$.parameter")
        .isEqualTo("dialect")
        .jsonPath("$.value")
        .isEqualTo(value)
        .jsonPath("$.detail")
        .isEqualTo(
            "Parameter 'dialect' must be one of: clickhouse, postgresql, sqlserver, but "
                + is
                + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /nothing,            */*,       404",
    "POST, ?dialect=clickhouse, */*,       405",
    "GET,  ?dialect=clickhouse, image/png, 406",
    "GET,  ?dialect=oracle,     image/png, 406",
    "GET,  ?dialect=oracle,     text/plain, 400",
  })
  void otherErrorsAreProblemsToo(String method, String rest, String accept, int status) {
    client()
        .method(HttpMethod.valueOf(method))
        .uri(TABLE + rest)
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
  void hasNoDatabaseThoughTheLocalStackHasItsLibraries() throws ClassNotFoundException {
    Class.forName("org.flywaydb.core.Flyway");
    Class.forName("org.hibernate.Session");
    Class.forName("com.zaxxer.hikari.HikariDataSource");

    assertThat(api.context.getBeansOfType(DataSource.class)).isEmpty();
    assertThat(api.context.containsBean("entityManagerFactory")).isFalse();
    assertThat(api.context.containsBean("flyway")).isFalse();
  }

  private static RestTestClient client() {
    return api.client();
  }
}
