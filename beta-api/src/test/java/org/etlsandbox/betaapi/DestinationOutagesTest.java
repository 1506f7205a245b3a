package org.etlsandbox.betaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL Server's codes; what PostgreSQL says is seen on a real one. */
class DestinationOutagesTest {

  private static DestinationOutages outages(String url) {
    Duration second = Duration.ofSeconds(1);
    return new DestinationOutages(
        new QueryProperties(
            "mars",
            url,
            "",
            "",
            1,
            second,
            second,
            second,
            second,
            0,
            "",
            new QueryProperties.Control("", "", "", null),
            null));
  }

  @ParameterizedTest
  @CsvSource({
    "208,   S0002, has no view customer_order_flat_current yet",
    "229,   S0005, does not let us read customer_order_flat_current",
    "4060,  S0001, does not have the database",
    "911,   S0001, does not have the database",
    "18456, S0001, refuses user name or password",
    "0,     08S01, cannot be reached",
    "0,     HY008, did not answer in time: etl.query.timeout is PT1S"
  })
  void knowsWhatSqlServerSays(int code, String state, String reason) {
    SQLException said = new SQLException("any words", state, code);
    assertThat(outages("jdbc:sqlserver://db;databaseName=x").of(new RuntimeException(said)))
        .hasValueSatisfying(outage -> assertThat(outage.reason()).contains(reason));
  }

  @Test
  void aFaultOfOursIsNoOutage() {
    SQLException syntax = new SQLException("any words", "S0001", 102);
    assertThat(outages("jdbc:sqlserver://db;databaseName=x").of(syntax)).isEmpty();
    SQLException another = new SQLException("any words", "S0002", 208);
    assertThat(outages("jdbc:postgresql://db/x").of(another)).isEmpty();
  }
}
