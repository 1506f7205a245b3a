package org.etlsandbox.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each expected value is what the driver's {@code getPropertyInfo} answers for that URL. */
class SqlServerUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "jdbc:sqlserver://db                                           | db | -    | -    | -",
        "jdbc:sqlserver://db:1433;databaseName=mars                    | db | -    | 1433 | mars",
        "jdbc:sqlserver://db:1433;databaseName=a;database=b            | db | -    | 1433 | b",
        "jdbc:sqlserver://db\\in:1433;DATABASE=b;databasename=c;       | db | in   | 1433 | c",
        "jdbc:sqlserver://db\\in;databaseName=c                        | db | in   | -    | c",
        "jdbc:sqlserver://;server=x;port=12;password={a;b=}}c};Database={my db} | x | - | 12 | my db",
        "jdbc:sqlserver://db ; databaseName = a ; encrypt = false      | db | -    | -    | a",
        "jdbc:sqlserver://db:1433;databaseName=                        | db | -    | 1433 | -",
        "jdbc:sqlserver://db:1433;encrypt;;databaseName=a              | db | -    | 1433 | a",
        "jdbc:sqlserver://db:1433;password={never closed;databaseName=a | db | -   | 1433 | -"
      })
  void isReadAsTheDriverReadsIt(
      String url, String host, String instance, String port, String database) {
    SqlServerUrl read = SqlServerUrl.of(url);
    assertThat(read.host()).isEqualTo(host);
    assertThat(read.instance().orElse(null)).isEqualTo(instance);
    assertThat(read.port().orElse(null)).isEqualTo(port);
    assertThat(read.database().orElse(null)).isEqualTo(database);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:sqlserver://db, jdbc:sqlserver://db;databaseName=x",
    "jdbc:sqlserver://db:1;encrypt=false;databaseName=mars, jdbc:sqlserver://db:1;encrypt=false;databaseName=x",
    "jdbc:sqlserver://db:1;DATABASE={a;b};password={p;w}}};databaseName=c;applicationName=etl, jdbc:sqlserver://db:1;password={p;w}}};applicationName=etl;databaseName=x"
  })
  void anotherDatabaseLeavesTheRestAsItIs(String url, String expected) {
    assertThat(SqlServerUrl.of(url).withDatabase("x").url()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "my db", "a;b", "{odd}", "a}}b"})
  void anyNameOfADatabaseIsReadBack(String database) {
    String url = SqlServerUrl.of("jdbc:sqlserver://db;encrypt=true").withDatabase(database).url();
    assertThat(SqlServerUrl.of(url).database()).contains(database);
  }

  @Test
  void onlyItsOwnPrefixCounts() {
    assertThat(SqlServerUrl.isOne("jdbc:sqlserver://db")).isTrue();
    assertThat(SqlServerUrl.isOne("jdbc:postgresql://db/x")).isFalse();
  }
}
