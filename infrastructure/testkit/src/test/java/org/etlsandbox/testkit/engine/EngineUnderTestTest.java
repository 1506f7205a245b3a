package org.etlsandbox.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.etlsandbox.engines.EngineUnavailableException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every product gives databases of their own, which are gone when closed. */
class EngineUnderTestTest {

  static Stream<Named<Supplier<EngineUnderTest>>> products() {
    return Stream.of(
        Named.of("PostgreSQL", TestEngines::postgreSql),
        Named.of("ClickHouse", TestEngines::clickHouse),
        Named.of("MariaDB", TestEngines::mariaDb),
        Named.of("MySQL", TestEngines::mySql),
        Named.of("SQL Server", TestEngines::sqlServer));
  }

  /** Another product in MARS_URL stands in for SQL Server in the local stack, not in its tests. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                       | MARS_URL is not set",
        "jdbc:postgresql://db/mars?password=hush  | MARS_URL at jdbc:postgresql://db/mars is another product"
      })
  void withoutSqlServerItIsSaidWhatToSet(String url, String found) {
    EngineUnderTest engine = new EngineUnderTest(TestProduct.SQLSERVER, Map.of("MARS_URL", url));
    // Not through a database: the report would then say so of this run
    assertThatThrownBy(engine::start)
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessage(
            "it cannot be embedded, and %s. Set MARS_URL=jdbc:sqlserver://… with MARS_USERNAME and MARS_PASSWORD, or run ./etl test --containers."
                .formatted(found));
  }

  @ParameterizedTest
  @MethodSource("products")
  void databasesAreSeparateAndDropped(Supplier<EngineUnderTest> product, TestReporter reporter)
      throws SQLException {
    EngineUnderTest engine = product.get();
    String label = engine.label();
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, label);
    assertThat(label).matches(".+ \\d+(\\.\\d+)+ \\((embedded|container|\\w+_URL)\\)");
    TestDatabase gone;
    try (TestDatabase one = engine.newDatabase();
        TestDatabase other = engine.newDatabase()) {
      gone = one;
      assertThat(one.name()).isNotEqualTo(other.name());
      one.execute("CREATE VIEW only_here AS SELECT 1 AS x");
      one.execute("SELECT x FROM only_here");
      assertThatThrownBy(() -> other.execute("SELECT x FROM only_here"))
          .cause()
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("only_here");
      try (Connection connection = one.connect()) {
        assertThat(connection.isValid(5)).isTrue();
        assertThat(one.sessions().orElse(1)).isEqualTo(1);
      }
    }
    assertThatThrownBy(() -> gone.execute("SELECT x FROM only_here")).isNotNull();
  }
}
