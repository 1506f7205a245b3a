package org.etlsandbox.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalServerTest {

  @Test
  void theEnvironmentNamesServers() {
    Map<Store, ExternalServer> servers =
        ExternalServer.from(
            Map.of(
                "NEPTUNE_URL", " jdbc:postgresql://db:5432/neptune ",
                "NEPTUNE_USERNAME", "writer",
                "NEPTUNE_PASSWORD", "s3cret",
                "MARS_URL", "",
                "VENUS_PASSWORD", "of no use alone"));
    assertThat(servers).containsOnlyKeys(Store.NEPTUNE);
    assertThat(servers.get(Store.NEPTUNE).url()).isEqualTo("jdbc:postgresql://db:5432/neptune");
    assertThat(servers.get(Store.NEPTUNE).username()).isEqualTo("writer");
  }

  @Test
  void marsAndVenusMayBeTwoDatabasesOfOneSqlServer() {
    assertThat(
            ExternalServer.from(
                Map.of(
                    "MARS_URL", "jdbc:sqlserver://db:1433;databaseName=mars;encrypt=false",
                    "VENUS_URL", "jdbc:sqlserver://db:1433;databaseName=venus;encrypt=false")))
        .containsOnlyKeys(Store.MARS, Store.VENUS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:sqlserver://db;databaseName=mars         | jdbc:sqlserver://db;databaseName=mars",
        "jdbc:sqlserver://db;databaseName=mars         | jdbc:sqlserver://DB:1433;encrypt=true;database=MARS;password=hush",
        "jdbc:sqlserver://localhost;databaseName=mars  | jdbc:sqlserver://127.0.0.1;databaseName=mars",
        "jdbc:sqlserver://db\\s;databaseName=mars      | jdbc:sqlserver://db;instanceName=S;databaseName=mars",
        "jdbc:sqlserver://db\\s:1433;databaseName=mars | jdbc:sqlserver://db:1433;databaseName=mars",
        "jdbc:postgresql://db/mars                     | jdbc:postgresql://db:5432/mars?ssl=true&password=hush",
        "jdbc:postgresql://a:1,b:2/mars                | jdbc:postgresql://a:1,b:2/mars?ssl=true&password=hush"
      })
  void twoDestinationsInOneDatabaseAreRefused(String mars, String venus) {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> ExternalServer.from(Map.of("MARS_URL", mars, "VENUS_URL", venus)))
        .withMessageContaining("MARS_URL and VENUS_URL name the same database (")
        .withMessageContaining("give one of them another database")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(StackFailure.USAGE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:sqlserver://db;databaseName=mars     | jdbc:sqlserver://db:1434;databaseName=mars",
        "jdbc:sqlserver://db;databaseName=mars     | jdbc:sqlserver://other;databaseName=mars",
        "jdbc:sqlserver://db\\s;databaseName=mars  | jdbc:sqlserver://db\\t;databaseName=mars",
        "jdbc:postgresql://db/mars                 | jdbc:postgresql://db/Mars"
      })
  void anotherPortHostInstanceOrNameIsAnotherDatabase(String mars, String venus) {
    assertThat(ExternalServer.from(Map.of("MARS_URL", mars, "VENUS_URL", venus))).hasSize(2);
  }

  @Test
  void aSqlServerWithoutDatabaseIsRefused() {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() ->
            ExternalServer.from(Map.of("VENUS_URL", "jdbc:sqlserver://db:1433;password=hush")))
        .withMessage(
            "VENUS_URL (jdbc:sqlserver://db:1433) names no database, so it would be the user's default one, most often master: add ;databaseName=venus to it.")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(StackFailure.USAGE));
  }

  @Test
  void anyOtherPrefixIsRefusedWithThoseThatThereAre() {
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> ExternalServer.from(Map.of("JUPITER_URL", "jdbc:oracle:thin:@db")))
        .withMessageContaining("JUPITER_URL is 'jdbc:oracle:thin:@db'")
        .withMessageContaining("jdbc:mysql:");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> ExternalServer.from(Map.of("CONTROL_URL", "jdbc:clickhouse://db/x")))
        .withMessageContaining("jdbc:postgresql:");
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() ->
            ExternalServer.from(
                Map.of("NEPTUNE_URL", "jdbc:sqlserver://db;databaseName=x;password=hush")))
        .withMessageContaining("NEPTUNE_URL is 'jdbc:sqlserver://db;databaseName=x'")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
  }

  @Test
  void isNeverShownWithItsPassword() {
    ExternalServer server =
        ExternalServer.from(
                Map.of("CONTROL_URL", "jdbc:postgresql://db/control?user=me&password=hush"))
            .get(Store.CONTROL);
    assertThat(server).asString().isEqualTo("control at jdbc:postgresql://db/control");
  }
}
