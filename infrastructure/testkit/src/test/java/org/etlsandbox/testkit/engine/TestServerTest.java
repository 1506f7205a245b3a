package org.etlsandbox.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestServerTest {

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, jdbc:postgresql://db:5432/postgres?ssl=true, jdbc:postgresql://db:5432/x?ssl=true",
    "MYSQL, jdbc:mysql://db:3306, jdbc:mysql://db:3306/x",
    "SQLSERVER, jdbc:sqlserver://db:1433, jdbc:sqlserver://db:1433;databaseName=x",
    "SQLSERVER, jdbc:sqlserver://db:1433;DATABASE=mars;encrypt=false, jdbc:sqlserver://db:1433;encrypt=false;databaseName=x"
  })
  void aDatabaseOfTheServerHasItsOtherParameters(TestProduct product, String url, String expected) {
    TestServer server = new TestServer(product, "1", "MARS_URL", url, "bob", "s3cret");
    assertThat(server.urlOf("x")).isEqualTo(expected);
  }
}
