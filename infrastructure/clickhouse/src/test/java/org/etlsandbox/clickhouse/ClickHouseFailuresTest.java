package org.etlsandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClickHouseFailuresTest {

  private static final String PASSWORD = "s3cr3t-of-test";

  @ParameterizedTest
  @CsvSource({
    "69, DATA",
    "131, DATA",
    "407, DATA",
    "321, DATA",
    "473, TRANSIENT",
    "159, UNAVAILABLE",
    "209, UNAVAILABLE",
    "210, UNAVAILABLE",
    "241, UNAVAILABLE",
    "243, UNAVAILABLE",
    "202, UNAVAILABLE",
    "252, UNAVAILABLE",
    "123456, UNAVAILABLE",
    "516, PERMANENT",
    "193, PERMANENT",
    "194, PERMANENT",
    "497, PERMANENT",
    "81, PERMANENT",
    "60, PERMANENT",
    "62, PERMANENT"
  })
  void codesHaveTheseKinds(int code, Kind kind) {
    assertThat(ClickHouseFailures.kindOf(code)).isEqualTo(kind);
  }

  @Test
  void nobodyListening() {
    StoreException failure =
        failureOf("jdbc:clickhouse://127.0.0.1:1/etl?password=" + PASSWORD, "default", PASSWORD);
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("jdbc:clickhouse://127.0.0.1:1/etl");
  }

  @Test
  void aWrongPassword() {
    StoreException failure;
    try (TestDatabase database = TestEngines.clickHouse().newDatabase()) {
      failure = failureOf(database.url(), database.username(), PASSWORD);
    }
    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure).hasMessageContaining("user name and password of test");
  }

  @Test
  void aTableOrDatabaseThatIsNotThere() {
    ConnectionSettings missing = missing();
    try (Destination destination = new ClickHouseDestinationProvider().open(missing)) {
      StoreException failure = caught(destination::countLive);
      assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(failure).hasMessageContaining("Code: 81").hasMessageContaining("restart");
    }
  }

  @Test
  void aStatementThatTheServerDoesNotUnderstand() {
    try (ClickHouseServer server = new ClickHouseServer(missing())) {
      StoreException failure =
          caught(() -> server.queryOutsideDatabase("try nonsense", "SELEC\n1"));
      assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(failure).hasMessageContaining("could not try nonsense (Code: 62");
    }
  }

  /** The settings of a database that has been dropped. */
  private static ConnectionSettings missing() {
    try (TestDatabase database = TestEngines.clickHouse().newDatabase()) {
      return database.settings();
    }
  }

  private static StoreException failureOf(String url, String username, String password) {
    ConnectionSettings settings =
        new ConnectionSettings("test", url, username, password, 2).with(DatabaseTls.OFF);
    try (Destination destination = new ClickHouseDestinationProvider().open(settings)) {
      return caught(destination::check);
    }
  }

  private static StoreException caught(ThrowingCallable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("\n", PASSWORD);
    return failure;
  }
}
