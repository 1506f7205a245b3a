package org.etlsandbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
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
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

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
  void aShiftedWallClockIsNoticedBeforeAnythingIsWritten(TestReporter reporter) throws Exception {
    try (TestDatabase database = TestEngines.postgreSql().newDatabase();
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      connection.setAutoCommit(false);
      WallClockCanary.prove(connection, database.settings());
      connection.rollback();

      statement.execute(RefreshTransaction.CREATE_STAGING);
      statement.execute(
          """
          CREATE FUNCTION pg_temp.shift() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            NEW.rental_date := NEW.rental_date + interval '1 hour';
            RETURN NEW;
          END $$
          """);
      statement.execute(
          """
          CREATE TRIGGER shift BEFORE INSERT ON etl_staging
          FOR EACH ROW EXECUTE FUNCTION pg_temp.shift()
          """);
      StoreException failure =
          catchThrowableOfType(
              StoreException.class, () -> WallClockCanary.prove(connection, database.settings()));
      assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(failure).hasMessageContainingAll("2010-04-04T02:30", "2010-04-04T03:30");
    }
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

  /** To the server a COPY whose client sleeps is at work: no time-out for idle sessions ends it. */
  @Test
  void aLeaderThatSleepsInACopyDoesNotKeepItsSuccessorOut(TestReporter reporter) throws Exception {
    try (TestDatabase database = TestEngines.postgreSql().newDatabase();
        Destination destination = new PostgreSqlDestinationProvider().open(database.settings());
        Connection sleeper = database.connect();
        Statement statement = sleeper.createStatement()) {
      reporter.publishEntry(EngineReport.ENGINE_ENTRY, database.engine());
      destination.prepare();
      destination.raiseFence(1);
      sleeper.setAutoCommit(false);
      statement.execute("SELECT epoch FROM etl_destination FOR SHARE");
      CopyIn copy =
          sleeper
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY customer_order_flat FROM STDIN");

      assertTimeoutPreemptively(Duration.ofSeconds(30), () -> destination.raiseFence(2));

      assertThat(destination.prepare().epoch()).isEqualTo(2);
      assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
      sleeper.abort(Runnable::run); // there is nobody left to say goodbye to
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
    try (Destination destination =
        new PostgreSqlDestinationProvider().open(settings.with(DatabaseTls.OFF))) {
      for (Runnable call : new Runnable[] {destination::check, destination::prepare}) {
        StoreException failure = catchThrowableOfType(StoreException.class, call::run);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure.getMessage()).contains(words).doesNotContain("geheim", "\n");
      }
    }
  }
}
