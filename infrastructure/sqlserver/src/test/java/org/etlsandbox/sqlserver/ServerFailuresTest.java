package org.etlsandbox.sqlserver;

import static java.util.Objects.requireNonNullElseGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.testkit.FlatGenerator;
import org.etlsandbox.testkit.SampleFlat;
import org.etlsandbox.testkit.TestLease;
import org.etlsandbox.testkit.engine.EngineReport;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a server can do to a refresh, and what is left of it. */
class ServerFailuresTest {
  private static final Range SCOPE = new Range(0, 4_000);
  private static final List<CustomerOrderFlat> ROWS = new FlatGenerator(3).rows(SCOPE);

  /**
   * What Babelfish says where it has no number of SQL Server's; tried again, it may be anything.
   */
  private static final int UNMAPPED = 33557097;

  private @Nullable TestDatabase opened;
  private @Nullable Destination openedDestination;

  @BeforeEach
  void open(TestReporter reporter) {
    opened = TestEngines.sqlServer().newDatabase();
    reporter.publishEntry(EngineReport.ENGINE_ENTRY, opened.engine());
    openedDestination = open(opened.username(), opened.password(), opened.url());
  }

  @AfterEach
  void close() {
    if (openedDestination != null) {
      openedDestination.close();
    }
    if (opened != null) {
      opened.close();
    }
  }

  /** With one connection, so that a broken one is missed by the next call. */
  private static Destination open(String username, String password, String url) {
    return new SqlServerDestinationProvider()
        .open(new ConnectionSettings("test", url, username, password, 1).with(DatabaseTls.OFF));
  }

  private TestDatabase database() {
    assertThat(opened).isNotNull();
    return opened;
  }

  private Destination destination() {
    assertThat(openedDestination).isNotNull();
    return openedDestination;
  }

  private Destination prepared() {
    destination().prepare();
    destination().raiseFence(1);
    return destination();
  }

  private boolean isSqlServer() {
    return database().engine().startsWith("SQL Server");
  }

  @Test
  void aWrongPasswordIsPermanent() {
    try (Destination locked = open(database().username(), "geheim", database().url())) {
      for (Runnable call : new Runnable[] {locked::check, locked::prepare}) {
        assertThat(failureOf(call))
            .hasMessageContaining("error 18456")
            .hasMessageContaining(
                "Check user name '" + database().username() + "' and password of test")
            .returns(Kind.PERMANENT, StoreException::kind);
      }
    }
  }

  @Test
  void anUnknownDatabaseIsNamed() {
    String url = database().url().replace(database().name(), "no_such_database");
    try (Destination missing = open(database().username(), database().password(), url)) {
      // 4060 of SQL Server may also be a database that is about to open; Babelfish has 911
      assertThat(failureOf(missing::check))
          .hasMessageContaining("no_such_database")
          .hasMessageContaining(isSqlServer() ? "error 4060" : "error 911")
          .returns(isSqlServer() ? Kind.UNAVAILABLE : Kind.PERMANENT, StoreException::kind);
    }
  }

  @Test
  void aColumnThatSomebodyRenamedIsNamed() {
    prepared();
    // sp_rename rather than a DDL statement, which T-SQL does not have for this
    database().execute("EXECUTE sp_rename 'customer_order_flat.film_title', 'gone', 'COLUMN'");
    Kind kind = isSqlServer() ? Kind.PERMANENT : Kind.TRANSIENT;
    assertThat(failureOf(() -> destination().stored(SCOPE)))
        .hasMessageContaining("film_title")
        .hasMessageContaining(isSqlServer() ? "error 207" : "error " + UNMAPPED)
        .returns(kind, StoreException::kind);
    assertThat(failureOf(this::refreshAll)).returns(kind, StoreException::kind);
  }

  @Test
  void otherTablesMayLiveNextToOurs() {
    database().execute("CREATE TABLE somebody_elses (id int)");
    assertThat(destination().prepare().epoch()).isZero();
    assertThat(destination().countLive()).isZero();
  }

  @Test
  void aDuplicateKeyIsTheRowsFault() {
    prepared();
    SQLException duplicate =
        catchThrowableOfType(
            SQLException.class,
            () -> {
              try (Connection connection = database().connect();
                  Statement insert = connection.createStatement()) {
                insert.execute(insertOf(1));
                insert.execute(insertOf(1));
              }
            });
    assertThat(duplicate.getErrorCode()).isEqualTo(2627);
    assertThat(classified(duplicate).kind()).isEqualTo(Kind.DATA);
  }

  @Test
  void whoWaitsTooLongForALockMayTryAgain() throws SQLException {
    prepared();
    database().execute(insertOf(1));
    try (Connection holder = database().connect();
        Connection waiter = database().connect();
        Statement hold = holder.createStatement();
        Statement wait = waiter.createStatement()) {
      holder.setAutoCommit(false);
      hold.execute(touch(1));
      wait.execute("SET LOCK_TIMEOUT 200");
      SQLException tooLong = catchThrowableOfType(SQLException.class, () -> wait.execute(touch(1)));
      holder.rollback();
      // The time-out is kept by both, but its number is SQL Server's only
      assertThat(tooLong.getErrorCode()).isEqualTo(isSqlServer() ? 1222 : UNMAPPED);
      assertThat(classified(tooLong).kind()).isEqualTo(Kind.TRANSIENT);
    }
  }

  @Test
  void theVictimOfADeadlockMayTryAgain() throws Exception {
    prepared();
    database().execute(insertOf(1));
    database().execute(insertOf(2));
    try (Connection first = database().connect();
        Connection second = database().connect();
        Statement one = first.createStatement();
        Statement two = second.createStatement()) {
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      one.execute(touch(1));
      two.execute(touch(2));
      CompletableFuture<@Nullable SQLException> crossing =
          CompletableFuture.supplyAsync(() -> refused(first, one, touch(2)));
      SQLException mine = refused(second, two, touch(1));
      SQLException other = crossing.get(60, TimeUnit.SECONDS);

      assertThat(mine == null).as("one of the two is the victim").isNotEqualTo(other == null);
      SQLException victim = requireNonNullElseGet(mine, () -> other);
      assertThat(victim.getErrorCode()).isEqualTo(1205);
      assertThat(classified(victim).kind()).isEqualTo(Kind.TRANSIENT);
    }
  }

  /** Rolls back at once, so that whoever waits goes on. */
  private static @Nullable SQLException refused(
      Connection connection, Statement statement, String sql) {
    try {
      statement.execute(sql);
      return null;
    } catch (SQLException e) {
      return e;
    } finally {
      try {
        connection.rollback();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aSessionThatIsKilledLeavesNothingBehindAndIsReplaced() {
    prepared();
    refreshAll();
    List<StoredFlat> before = destination().stored(SCOPE);
    List<CustomerOrderFlat> changed = new FlatGenerator(3).atRevision(1).rows(SCOPE);
    FlatStream killed = breakingOff(changed, changed.size() / 2, this::killTheRefresh);

    assertThat(failureOf(() -> refresh(killed, 2)))
        .returns(Kind.UNAVAILABLE, StoreException::kind)
        .hasMessageContaining("it will be tried again")
        .message()
        .doesNotContain("\n");
    assertThat(destination().stored(SCOPE)).isEqualTo(before);

    refresh(FlatStream.of(changed), 3);
    assertThat(destination().stored(SCOPE))
        .filteredOn(row -> !row.deleted())
        .extracting(StoredFlat::flat)
        .isEqualTo(changed);
  }

  private void killTheRefresh() {
    try (Connection other = database().connect();
        Statement statement = other.createStatement()) {
      int session;
      try (ResultSet sessions =
          statement.executeQuery(
              """
              SELECT session_id
                FROM sys.dm_exec_sessions
               WHERE database_id = DB_ID() AND program_name = 'etl-test'
              """)) {
        assertThat(sessions.next()).as("the session of the refresh").isTrue();
        session = sessions.getInt(1);
        assertThat(sessions.next()).as("a second one").isFalse();
      }
      statement.execute("KILL " + session);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With an old set of rows, so through staging, and without, which may be straight. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSourceThatFailsInTheMiddleLeavesNothingBehind(boolean known) {
    prepared();
    if (known) {
      refresh(FlatStream.of(List.of(SampleFlat.row(1, 1, 1))), 1);
    }
    List<StoredFlat> before = destination().stored(SCOPE);
    StoreException lost = new StoreException(Kind.UNAVAILABLE, "jupiter has gone");
    FlatStream broken =
        breakingOff(
            ROWS,
            ROWS.size() / 2,
            () -> {
              throw lost;
            });

    assertThat(failureOf(() -> refresh(broken, 2))).isSameAs(lost);
    assertThat(destination().stored(SCOPE)).isEqualTo(before);
    refreshAll();
    assertThat(destination().countLive()).isEqualTo(ROWS.size());
  }

  /** Many packets of the protocol have been sent by the time that it breaks. */
  private static FlatStream breakingOff(
      List<CustomerOrderFlat> rows, int after, Runnable breaking) {
    FlatStream whole = FlatStream.of(rows);
    int[] read = {0};
    return () -> {
      if (read[0]++ == after) {
        breaking.run();
      }
      FlatRow next = whole.next();
      return next;
    };
  }

  private void refreshAll() {
    refresh(FlatStream.of(ROWS), 1);
  }

  private void refresh(FlatStream rows, long version) {
    destination().refresh(SCOPE, rows, version, TestLease.held(1));
  }

  private StoreException classified(SQLException failure) {
    return new SqlErrors(database().settings()).classify(failure);
  }

  private static StoreException failureOf(Runnable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call::run);
    assertThat(failure).as("a StoreException").isNotNull();
    return failure;
  }

  private static String touch(long rental) {
    return "UPDATE customer_order_flat SET row_version = row_version + 1 WHERE rental_id = "
        + rental;
  }

  private static String insertOf(long rental) {
    return """
    INSERT INTO customer_order_flat (rental_id, payment_id, category_id, customer_id,
      customer_name, film_id, film_title, category, amount, rental_date, row_version)
    VALUES (%d, 1, 1, 1, N'', 1, N'', N'', 0, '2005-05-24T22:53:30', 1)
    """
        .formatted(rental);
  }
}
