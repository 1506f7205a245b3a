package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLHandshakeException;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One line that says what, with the actual value, and what to do; never a password. */
class SqlServerFailuresTest {
  private static final ConnectionSettings MARS =
      new ConnectionSettings(
          "mars",
          "jdbc:sqlserver://mars:1433;databaseName=etl;password=geheim",
          "etl",
          "geheim",
          1);

  @ParameterizedTest
  @CsvSource({
    "1205, 13, TRANSIENT", // deadlock
    "1222, 16, TRANSIENT", // lock time-out
    "3960, 16, TRANSIENT", // update conflict under snapshot isolation
    "8645, 17, TRANSIENT", // no memory for the query in time
    "33557097, 16, TRANSIENT", // Babelfish: no number for it
    "2627, 14, DATA", // duplicate key: constraint
    "2601, 14, DATA", // duplicate key: index
    "8152, 16, DATA", // truncation, until 2017
    "2628, 16, DATA", // truncation, since 2019
    "8115, 16, DATA", // overflow
    "220, 16, DATA",
    "241, 16, DATA", // no date
    "515, 16, DATA", // NULL
    "547, 16, DATA", // CHECK
    "4815, 16, DATA", // too long for a bulk copy's column
    "9002, 17, UNAVAILABLE", // full log
    "1105, 17, UNAVAILABLE", // full filegroup
    "701, 17, UNAVAILABLE", // out of memory
    "3906, 16, UNAVAILABLE", // read-only database
    "976, 14, UNAVAILABLE", // secondary replica
    "978, 14, UNAVAILABLE",
    "4060, 11, UNAVAILABLE", // no such database, or not open yet
    "40613, 17, UNAVAILABLE", // Azure: not available now
    "40501, 20, UNAVAILABLE", // Azure: busy
    "40552, 16, UNAVAILABLE", // Azure: too much log
    "18401, 14, UNAVAILABLE", // being upgraded
    "18456, 14, PERMANENT", // wrong password
    "18488, 14, PERMANENT", // must change the password
    "229, 14, PERMANENT", // no right
    "207, 16, PERMANENT", // no such column
    "208, 16, PERMANENT", // no such table
    "64999, 16, PERMANENT",
    "64999, 17, UNAVAILABLE",
    "64999, 20, UNAVAILABLE",
    "64999, 24, UNAVAILABLE",
  })
  void whatTheServerSaysIsToldApartByNumberThenSeverity(int number, int severity, Kind kind) {
    assertThat(SqlErrors.kind(number, severity)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "08S01, UNAVAILABLE", // connection lost
    "08001, UNAVAILABLE", // not connected
    "08006, UNAVAILABLE",
    ", UNAVAILABLE", // the pool had no connection in time
    "HY008, UNAVAILABLE", // statement time-out, cancelled
    "40001, TRANSIENT",
    "22003, DATA",
    "22001, DATA",
    "S0001, PERMANENT",
    "07009, PERMANENT",
    "HY000, PERMANENT",
  })
  void whatTheDriverSaysIsToldApartByState(String state, Kind kind) {
    assertThat(SqlErrors.kind(state)).isEqualTo(kind);
  }

  @Test
  void aValueThatIsTooLongIsNotRepeated() {
    try (FakeTdsServer server =
            FakeTdsServer.refusing(
                2628,
                16,
                "String or binary data would be truncated in table 'x', column 'customer_name'. Truncated value: 'MARY'.");
        Destination destination = mars(server.url("encrypt=false;password=geheim"))) {
      assertThat(catchThrowableOfType(StoreException.class, destination::check))
          .hasMessageContaining("A text is too long for its column (error 2628)")
          .hasMessageNotContaining("MARY");
    }
  }

  /** Through the driver, as a server would say it: number and text reach the reader, and advice. */
  @ParameterizedTest
  @CsvSource({
    "9002, 17, UNAVAILABLE, Back up the transaction log or give it room",
    "1105, 17, UNAVAILABLE, Give the filegroup room",
    "3906, 16, UNAVAILABLE, 'This is a read-only replica or database: point the URL at the primary'",
    "976, 14, UNAVAILABLE, without applicationIntent=ReadOnly",
    "978, 14, UNAVAILABLE, without applicationIntent=ReadOnly",
    "4060, 11, UNAVAILABLE, 'Create the database and the user in it, or name another one'",
    "40613, 17, UNAVAILABLE, it will be tried again",
    "18456, 14, PERMANENT, Check user name 'etl' and password of mars",
    "18470, 14, PERMANENT, that the login is enabled",
    "229, 14, PERMANENT, Grant 'etl' what docs/sqlserver.md lists",
    "208, 16, PERMANENT, compatibility level is 130 or more",
    "1205, 13, TRANSIENT, The same work may succeed at once",
    "2627, 14, DATA, Nothing of this refresh was written",
    "64999, 16, PERMANENT, Repeating does not help until this is put right",
    "64999, 17, UNAVAILABLE, Check that the server runs",
    "64999, 20, UNAVAILABLE, Check that the server runs",
  })
  void aReaderIsToldWhatToDo(int number, int severity, Kind kind, String advice) {
    try (FakeTdsServer server =
            FakeTdsServer.refusing(number, severity, "The server's own words\nand more of them");
        Destination destination = mars(server.url("encrypt=false;password=geheim"))) {
      for (Runnable call : new Runnable[] {destination::check, destination::prepare}) {
        assertSays(
            catchThrowableOfType(StoreException.class, call::run),
            kind,
            "mars at jdbc:sqlserver://127.0.0.1:",
            ";databaseName=etl: The server's own words (error " + number + "). ",
            advice);
      }
    }
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() {
    try (Destination destination =
        mars("jdbc:sqlserver://127.0.0.1:1;databaseName=etl;password=geheim")) {
      for (Runnable call : new Runnable[] {destination::check, destination::prepare}) {
        assertSays(
            catchThrowableOfType(StoreException.class, call::run),
            Kind.UNAVAILABLE,
            "mars at jdbc:sqlserver://127.0.0.1:1;databaseName=etl: ",
            "SQLState 08S01",
            "reachable");
      }
    }
  }

  @Test
  void aServerThatIsNotTrustedIsTriedAgain() {
    CertificateException unknown =
        new CertificateException("unable to find valid certification path");
    SSLHandshakeException handshake = new SSLHandshakeException("PKIX path building failed");
    handshake.initCause(unknown);
    assertSays(
        new SqlErrors(MARS).classify(new SQLException("TLS failed", "08S01", 0, handshake)),
        Kind.UNAVAILABLE,
        "mars at jdbc:sqlserver://mars:1433;databaseName=etl: no secure connection: ",
        "the driver refuses its certificate (unable to find valid certification path)");
  }

  @Test
  void aServerThatSpeaksAnotherTlsIsTriedAgain() {
    try (FakeTdsServer server = FakeTdsServer.failingTls();
        Destination destination = mars(server.url("encrypt=true"))) {
      assertSays(
          catchThrowableOfType(StoreException.class, destination::check),
          Kind.UNAVAILABLE,
          "handshake_failure",
          "no secure connection");
    }
  }

  /** As one that is being stopped or failed over does. */
  @Test
  void aServerThatLeavesDuringTheTlsHandshakeIsUnavailable() {
    try (FakeTdsServer server = FakeTdsServer.leavingDuringTls();
        Destination destination = mars(server.url("encrypt=true"))) {
      assertSays(
          catchThrowableOfType(StoreException.class, destination::check),
          Kind.UNAVAILABLE,
          "reachable");
    }
  }

  @Test
  void aPoolThatHasNoConnectionIsUnavailable() {
    assertSays(
        new SqlErrors(MARS)
            .classify(new SQLTransientConnectionException("Connection is not available, 10000ms")),
        Kind.UNAVAILABLE,
        "mars at jdbc:sqlserver://mars:1433;databaseName=etl: Connection is not available",
        "it will be tried again");
  }

  @Test
  void whatIsNoSqlErrorIsPermanent() {
    assertSays(
        new SqlErrors(MARS).classify(new IllegalStateException()), Kind.PERMANENT, "no message");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, TRANSIENT, sys.dm_tran_locks",
    "-2, UNAVAILABLE, cancelled",
    "-3, TRANSIENT, deadlock",
    "-999, PERMANENT, sp_getapplock answered -999. Check that 'etl' may execute it",
    "-4, PERMANENT, sp_getapplock answered -4",
  })
  void aFenceThatIsNotGrantedSaysWhy(int result, Kind kind, String said) {
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> new Fence(MARS).requireGranted(result));
    assertSays(failure, kind, "mars at jdbc:sqlserver://mars:1433;databaseName=etl: ", said);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aFenceThatIsGrantedIsEntered(int result) {
    assertThatCode(() -> new Fence(MARS).requireGranted(result)).doesNotThrowAnyException();
  }

  private static Destination mars(String url) {
    return new SqlServerDestinationProvider()
        .open(new ConnectionSettings("mars", url, "etl", "geheim", 1).with(DatabaseTls.OFF));
  }

  private static void assertSays(StoreException failure, Kind kind, String... words) {
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure.getMessage()).contains(words).doesNotContain("geheim", "\n");
  }
}
