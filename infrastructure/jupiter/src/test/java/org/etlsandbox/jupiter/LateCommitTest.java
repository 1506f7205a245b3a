package org.etlsandbox.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.etlsandbox.source.Settled;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What commits late is seen all the same; and what never ends a second late holds nothing up. */
class LateCommitTest {

  @Nested
  @ResourceLock("MariaDB")
  class OnMariaDb extends Transactions {
    OnMariaDb() {
      super(TestEngines.mariaDb());
    }

    @Test
    void anAnswerFromAStaleCacheIsNotTrusted() throws Exception {
      try (Connection reader = database.connect();
          Connection writer = database.connect()) {
        SettledClock clock = source.settledClock(PollLoop.OBSERVING);
        clock.settle();
        AtomicBoolean restless = new AtomicBoolean(true);
        Future<?> reading = threads.submit(read(reader, restless));
        writer.setAutoCommit(false);
        Thread.sleep(100);
        Instant before = clock.settle().now();
        JupiterDatabase.execute(
            writer, "UPDATE customer SET last_name = 'LATE' WHERE customer_id = 1");
        List<Settled> distrusted = new ArrayList<>();
        for (int i = 0; i < 20 && distrusted.size() < 2; i++) {
          Settled settled = clock.settle();
          if (settled.settled() == null) {
            distrusted.add(settled);
          } else {
            // The cache was renewed between two reads after all; then the answer is right
            assertThat(settled.settled()).isBeforeOrEqualTo(before.plusSeconds(1));
          }
        }
        assertThat(distrusted).as("answers that were not trusted").hasSize(2);
        assertThat(distrusted.getLast().reason()).contains("innodb_trx");

        restless.set(false);
        reading.get();
        writer.commit();
        Thread.sleep(150);
        assertThat(clock.settle().settled()).as("when nobody else reads").isNotNull();
      }
    }
  }

  @Nested
  @ResourceLock("MySQL")
  class OnMySql extends Transactions {
    OnMySql() {
      super(TestEngines.mySql());
    }

    @Test
    void innodbTrxIsNotTrustedWhereItFailsAtACharacter() throws Exception {
      try (Connection busy = database.connect();
          Connection asking = database.connect()) {
        Future<?> statement =
            threads.submit(
                call(() ->
                    JupiterDatabase.execute(
                        busy,
                        "UPDATE customer SET last_name = CONCAT('\uD842\uDFB7', SLEEP(3))"
                            + " WHERE customer_id = 1")));
        Thread.sleep(1_500);
        List<OpenTransaction> open = new InnodbTransactions().open(asking, Instant.now());
        if (open != null) {
          assertThat(open).as("with the one that runs").isNotEmpty();
        }
        statement.get();
        assertThat(soon(() -> new InnodbTransactions().open(asking, Instant.now()) != null))
            .as("trusted again")
            .isTrue();
      }
    }

    @Test
    void bothProcessListsTellTheSame() throws Exception {
      try (Connection busy = database.connect();
          Connection asking = database.connect()) {
        long id = busy.unwrap(JdbcConnection.class).getId();
        Future<?> statement =
            threads.submit(call(() -> JupiterDatabase.execute(busy, "SELECT SLEEP(3)")));
        Thread.sleep(1_500);
        // Others of the server may come and go between the two
        for (String list :
            List.of(JupiterSettledClock.PROCESS_LIST, JupiterSettledClock.NEW_PROCESS_LIST)) {
          assertThat(JupiterSettledClock.look(asking, list).running())
              .as(list)
              .filteredOn(one -> one.connectionId() == id)
              .singleElement()
              .satisfies(one -> assertThat(one.started()).isBefore(Instant.now()));
        }
        statement.get();
      }
    }
  }

  /** What every server must be observed to do. */
  abstract static class Transactions {

    private static final int CUSTOMERS = 40;

    private final EngineUnderTest engine;
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    JupiterDatabase database;
    JupiterSource source;

    Transactions(EngineUnderTest engine) {
      this.engine = engine;
    }

    @BeforeEach
    void open(TestReporter reporter) {
      database = new JupiterDatabase(engine, true);
      database.report(reporter);
      for (int id = 1; id <= CUSTOMERS; id++) {
        database.execute(
            """
            INSERT INTO customer
              (customer_id, store_id, first_name, last_name, address_id, create_date, last_update)
            VALUES (%d, 1, 'FIRST', 'LAST', 1, '2005-05-24', '2026-01-01 00:00:00')
            """
                .formatted(id));
      }
      source = database.open();
    }

    @AfterEach
    void close() {
      threads.shutdownNow();
      if (source != null) {
        source.close();
      }
      if (database != null) {
        database.close();
      }
    }

    @Test
    void aTransactionThatCommitsSecondsAfterItsUpdateIsSeen() throws Exception {
      try (PollLoop loop = new PollLoop(source);
          Connection writer = database.connect()) {
        writer.setAutoCommit(false);
        rename(writer, 1);
        Thread.sleep(1_500);
        rename(writer, 2);
        Thread.sleep(1_500);
        writer.commit();
        loop.awaitEverything();
        loop.expectNothingMissed();
      }
    }

    /** A process list without room for four bytes fails at it on MySQL 9. */
    @Test
    void aStatementWithACharacterOfFourBytesIsSeen() throws Exception {
      try (Connection busy = database.connect()) {
        SettledClock clock = source.settledClock(PollLoop.OBSERVING);
        clock.settle();
        Future<?> statement =
            threads.submit(
                call(() -> JupiterDatabase.execute(busy, "SELECT SLEEP(4), '\uD842\uDFB7'")));
        Thread.sleep(500);
        Instant begun = clock.settle().now();
        Thread.sleep(2_500);
        Settled settled = clock.settle();
        if (settled.settled() != null) {
          assertThat(settled.settled()).isBeforeOrEqualTo(begun);
        }
        statement.get();
        assertThat(
                soon(() -> {
                  Instant moment = clock.settle().settled();
                  return moment != null && moment.isAfter(begun);
                }))
            .as("passed when it has ended")
            .isTrue();
      }
    }

    /** Its clock starts with the lock, its last_update with the statement. */
    @Test
    void aTransactionWhoseStatementFirstWaitedForAMetadataLockIsSeen() throws Exception {
      try (PollLoop loop = new PollLoop(source);
          Connection locker = database.connect();
          Connection writer = database.connect()) {
        JupiterDatabase.execute(locker, "LOCK TABLES customer READ");
        writer.setAutoCommit(false);
        Future<?> update = threads.submit(call(() -> rename(writer, 3)));
        Thread.sleep(2_500);
        assertThat(update.isDone()).as("the update waits for the lock").isFalse();
        JupiterDatabase.execute(locker, "UNLOCK TABLES");
        update.get();
        Thread.sleep(1_500);
        writer.commit();
        loop.awaitEverything();
        loop.expectNothingMissed();
      }
    }

    /** One CALL, and yet each of its statements has a last_update of its own. */
    @Test
    void theTransactionsOfAProcedureAreSeen() throws Exception {
      try (PollLoop loop = new PollLoop(source);
          Connection caller = database.connect()) {
        JupiterDatabase.execute(
            caller,
            """
            CREATE PROCEDURE rename_twice() BEGIN
              START TRANSACTION;
              UPDATE customer SET last_name = UUID() WHERE customer_id = 5;
              DO SLEEP(2.5);
              COMMIT;
              START TRANSACTION;
              UPDATE customer SET last_name = UUID() WHERE customer_id = 6;
              DO SLEEP(2.5);
              COMMIT;
            END
            """);
        JupiterDatabase.execute(caller, "CALL rename_twice()");
        loop.awaitEverything();
        loop.expectNothingMissed();
      }
    }

    /** The wait is the first transaction's; the second begins when it is over. */
    @Test
    void aWaitForARowHoldsNothingBackAfterItsTransaction() throws Exception {
      try (PollLoop loop = new PollLoop(source);
          Connection owner = database.connect();
          Connection waiting = database.connect()) {
        owner.setAutoCommit(false);
        waiting.setAutoCommit(false);
        rename(owner, 7);
        Future<?> update = threads.submit(call(() -> rename(waiting, 7)));
        Thread.sleep(6_000);
        assertThat(update.isDone()).as("the update waits for the row").isFalse();
        owner.commit();
        update.get();
        waiting.commit();
        Instant end = loop.now();
        rename(waiting, 8);
        List<Settled> after = loop.awaitAnswers(6, end);
        waiting.commit();
        assertThat(after)
            .filteredOn(settled -> settled.settled() != null)
            .isNotEmpty()
            .allSatisfy(
                settled -> assertThat(settled.settled()).isAfterOrEqualTo(end.minusSeconds(3)));
        loop.awaitEverything();
        loop.expectNothingMissed();
      }
    }

    /** Prepared, it belongs to no connection any more; whoever knows its name may commit it. */
    @Test
    void aTransactionThatItsConnectionHasLeftPreparedIsSeen() throws Exception {
      String xid = "'" + database.name() + "'";
      try (PollLoop loop = new PollLoop(source);
          Connection other = database.connect()) {
        leavePrepared(xid);
        Thread.sleep(3_000);
        JupiterDatabase.execute(other, "XA COMMIT " + xid);
        loop.awaitEverything();
        loop.expectNothingMissed();
      }
    }

    /** The cache shows it on its connection still, or not at all. */
    @Test
    void soItIsWhileAMonitorKeepsTheCacheOfTheTransactionsOld() throws Exception {
      String xid = "'" + database.name() + "'";
      AtomicBoolean restless = new AtomicBoolean(true);
      try (PollLoop loop = new PollLoop(source);
          Connection reader = database.connect();
          Connection other = database.connect()) {
        Future<?> reading = threads.submit(read(reader, restless));
        Thread.sleep(500);
        leavePrepared(xid);
        Thread.sleep(3_000);
        JupiterDatabase.execute(other, "XA COMMIT " + xid);
        Thread.sleep(500);
        restless.set(false);
        reading.get();
        loop.awaitEverything();
        loop.expectNothingMissed();
      }
    }

    @Test
    void transactionsOfAllLengthsAreSeenAndShortOnesHoldNothingUp() throws Exception {
      try (PollLoop loop = new PollLoop(source)) {
        int known = loop.answers().size();
        write(Duration.ofSeconds(4), 900);
        List<Settled> answers = loop.answers();
        assertThat(answers.subList(known, answers.size()))
            .filteredOn(settled -> settled.settled() != null)
            .as("answers while no transaction was open for over a second")
            .hasSizeGreaterThan(3)
            .allSatisfy(settled ->
                assertThat(settled.settled()).isAfterOrEqualTo(settled.now().minusSeconds(6)));
        write(Duration.ofSeconds(3), 3_000);
        loop.awaitEverything();
        loop.expectNothingMissed();
      }
    }

    @Test
    void aReadOnlyTransactionHoldsNothing() throws Exception {
      SettledClock clock = source.settledClock(PollLoop.OBSERVING);
      Instant first = clock.settle().now();
      try (Connection reader = database.connect();
          Statement statement = reader.createStatement()) {
        statement.execute("START TRANSACTION READ ONLY");
        statement.executeQuery("SELECT * FROM customer").close();
        Instant settled = null;
        for (int i = 0;
            i < 40 && (settled == null || settled.isBefore(first.plusSeconds(2)));
            i++) {
          Thread.sleep(150);
          settled = clock.settle().settled();
        }
        assertThat(settled).isAfterOrEqualTo(first.plusSeconds(2));
      }
    }

    /** Six writers with transactions of up to so many milliseconds, a fifth of them rolled back. */
    private void write(Duration time, int longestMillis) throws Exception {
      long end = System.nanoTime() + time.toNanos();
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int number = i;
        writers.add(threads.submit(call(() -> write(number, end, longestMillis))));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }

    private void write(int number, long end, int longestMillis) throws Exception {
      Random dice = new Random(number);
      try (Connection connection = database.connect()) {
        connection.setAutoCommit(false);
        while (System.nanoTime() < end) {
          // Each writer has its own customers: they commit in any order and never wait for a lock
          rename(connection, 1 + number + 6 * dice.nextInt(6));
          Thread.sleep(dice.nextInt(longestMillis));
          if (dice.nextInt(5) == 0) {
            connection.rollback();
          } else {
            connection.commit();
          }
        }
      }
    }

    /** Prepares a transaction of this name and closes its connection. */
    private void leavePrepared(String xid) throws SQLException {
      try (Connection leaving = database.connect()) {
        JupiterDatabase.execute(leaving, "XA START " + xid);
        rename(leaving, 4);
        JupiterDatabase.execute(leaving, "XA END " + xid);
        JupiterDatabase.execute(leaving, "XA PREPARE " + xid);
      }
    }

    /** Keeps the cache of innodb_trx as it is. */
    static Callable<Void> read(Connection reader, AtomicBoolean restless) {
      return () -> {
        try (Statement statement = reader.createStatement()) {
          while (restless.get()) {
            statement.executeQuery("SELECT trx_id FROM information_schema.innodb_trx").close();
            Thread.sleep(10);
          }
          return null;
        }
      };
    }

    private static void rename(Connection connection, int customer) throws SQLException {
      JupiterDatabase.execute(
          connection, "UPDATE customer SET last_name = UUID() WHERE customer_id = " + customer);
    }

    /** Somebody else's transactions and looks may delay it. */
    static boolean soon(Callable<Boolean> wanted) throws Exception {
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!wanted.call()) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(150);
      }
      return true;
    }

    static Callable<Void> call(Work work) {
      return () -> {
        work.run();
        return null;
      };
    }
  }

  /** Work of a thread. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }
}
