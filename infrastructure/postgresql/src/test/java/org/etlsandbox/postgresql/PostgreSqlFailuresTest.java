package org.etlsandbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line that says what, with the actual value, and what to do; never a password. */
class PostgreSqlFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "22003, DATA",
    "22021, DATA",
    "23502, DATA",
    "40001, TRANSIENT",
    "40P01, TRANSIENT",
    "55P03, TRANSIENT",
    "57014, UNAVAILABLE",
    "08006, UNAVAILABLE",
    "57P01, UNAVAILABLE",
    "57P03, UNAVAILABLE",
    "53100, UNAVAILABLE",
    "53300, UNAVAILABLE",
    "58030, UNAVAILABLE",
    "25P03, UNAVAILABLE",
    ", UNAVAILABLE",
    "28P01, PERMANENT",
    "3D000, PERMANENT",
    "42P01, PERMANENT",
    "42501, PERMANENT",
    "XX000, PERMANENT"
  })
  void failuresAreToldApartByTheirState(String state, Kind kind) {
    assertThat(SqlErrors.kind(state)).isEqualTo(kind);
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() {
    expect(
        new ConnectionSettings(
            "neptune", "jdbc:postgresql://127.0.0.1:1/etl?x=y", "etl", "geheim", 1),
        Kind.UNAVAILABLE,
        "neptune at jdbc:postgresql://127.0.0.1:1/etl: ",
        "reachable");
  }

  @Test
  void aWrongPasswordOrDatabaseIsPermanent(TestReporter reporter) {
    try (TestDatabase database = TestEngines.postgreSql().newDatabase()) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      expect(
          new ConnectionSettings("neptune", database.url(), database.username(), "geheim", 1),
          Kind.PERMANENT,
          "28P01",
          "Check user name '" + database.username() + "' and password of neptune");
      expect(
          new ConnectionSettings(
              "neptune",
              database.url().replace(database.name(), "no_such"),
              database.username(),
              database.password(),
              1),
          Kind.PERMANENT,
          "3D000",
          "Create the database");
    }
  }

  @Test
  void aTableThatSomebodyChangedIsPermanent(TestReporter reporter) {
    try (TestDatabase database = TestEngines.postgreSql().newDatabase();
        Destination destination = new PostgreSqlDestinationProvider().open(database.settings())) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      destination.prepare();
      database.execute("ALTER TABLE customer_order_flat RENAME COLUMN is_deleted TO gone");
      StoreException failure = catchThrowableOfType(StoreException.class, destination::countLive);
      assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(failure).hasMessageContaining("is_deleted").hasMessageContaining("42703");
    }
  }

  @Test
  void otherTablesMayLiveNextToOurs(TestReporter reporter) {
    try (TestDatabase database = TestEngines.postgreSql().newDatabase();
        Destination destination = new PostgreSqlDestinationProvider().open(database.settings())) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      database.execute("CREATE TABLE somebody_elses (id int)");
      assertThat(destination.prepare().epoch()).isZero();
      assertThat(destination.countLive()).isZero();
    }
  }

  private static void expect(ConnectionSettings settings, Kind kind, String... words) {
    try (Destination destination = new PostgreSqlDestinationProvider().open(settings)) {
      for (Runnable call : new Runnable[] {destination::check, destination::prepare}) {
        StoreException failure = catchThrowableOfType(StoreException.class, call::run);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure.getMessage()).contains(words).doesNotContain("geheim", "\n");
      }
    }
  }
}
