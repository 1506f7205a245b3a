package org.etlsandbox.testkit.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.etlsandbox.testkit.control.TestControl.WORKER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.etlsandbox.control.Checkpoints;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.control.RunKind;
import org.etlsandbox.control.RunLedger;
import org.etlsandbox.control.RunLedger.Run;
import org.etlsandbox.control.WorkerRegister;
import org.etlsandbox.control.WorkerRegister.LoadState;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.lease.Lease;
import org.etlsandbox.lease.Leases;
import org.etlsandbox.quarantine.Quarantine;
import org.etlsandbox.refresh.ScopeOutcome;
import org.etlsandbox.schema.SchemaMode;
import org.etlsandbox.source.SourceTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What is in the control database is what a worker may rely on after it has died. */
class ControlDatabaseTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private TestControl test;
  private ControlDatabase control;
  private WorkerRegister register;

  @BeforeEach
  void open(TestReporter reporter) {
    test = new TestControl(reporter);
    control = test.database();
    register = new WorkerRegister(control, WORKER);
  }

  @AfterEach
  void close() {
    if (test != null) {
      test.close();
    }
  }

  @Nested
  class TheSchema {

    @Test
    void isMadeOnceByHoweverManyWorkers() throws Exception {
      inParallel(
          4,
          number -> {
            try (ControlDatabase another = test.another()) {
              another.migrate();
              new WorkerRegister(another, WORKER).register();
            }
          });
      assertThat(control.jdbc().sql("SELECT count(*) FROM worker").query(Long.class).single())
          .isEqualTo(1);
    }

    @Test
    void ofThisVersionIsTakenByWhoValidates() {
      control.prepare(SchemaMode.VALIDATE);
    }

    @Test
    void thatIsMissingIsRefusedAndNotMadeByWhoValidates() {
      control.jdbc().sql("DROP SCHEMA public CASCADE").update();
      control.jdbc().sql("CREATE SCHEMA public").update();
      assertRefused("the tables are missing", "Run 'migrate'");
      assertThat(
              control
                  .jdbc()
                  .sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
                  .query(Long.class)
                  .single())
          .isZero();
    }

    @Test
    void ofAnEarlierVersionIsRefusedByWhoValidates() {
      control.jdbc().sql("DELETE FROM control_schema_history WHERE version = '2'").update();
      assertRefused("has version 1, this worker needs 2", "Run 'migrate'");
    }

    @Test
    void ofALaterVersionIsRefusedByWhoValidates() {
      control
          .jdbc()
          .sql(
              """
              INSERT INTO control_schema_history
              SELECT 99, '99', 'later', type, 'V99__later.sql', 1, installed_by, now(), 1, true
                FROM control_schema_history
               WHERE version = '2'
              """)
          .update();
      assertRefused("has version 99, this worker knows 2", "the version that ran 'migrate'");
    }

    private void assertRefused(String... words) {
      StoreException refusal =
          catchThrowableOfType(StoreException.class, () -> control.prepare(SchemaMode.VALIDATE));
      assertThat(refusal).as("VALIDATE refuses").isNotNull();
      assertThat(refusal.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(refusal).hasMessageContainingAll(words);
    }
  }

  @Nested
  class ATransaction {

    /** Of a leader that was stopped inside it, with a lock that its successor needs. */
    @Test
    void thatStandsStillIsEndedAndKeepsNobodyWaiting() throws Exception {
      CountDownLatch drawn = new CountDownLatch(1);
      CountDownLatch wakeUp = new CountDownLatch(1);
      AtomicLong ofTheSleeper = new AtomicLong();
      try (ControlDatabase another = test.another();
          ExecutorService sleeper = Executors.newSingleThreadExecutor()) {
        Future<Long> slept =
            sleeper.submit(() ->
                control.inTransaction(() -> {
                  ofTheSleeper.set(register.drawVersion());
                  drawn.countDown();
                  await(wakeUp);
                  return register.drawVersion();
                }));
        try {
          await(drawn);
          assertThat(new WorkerRegister(another, WORKER).drawVersion())
              .as("drawn by the successor: what the sleeper drew was rolled back")
              .isEqualTo(ofTheSleeper.get());
        } finally {
          wakeUp.countDown();
        }
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(slept::get)
            .satisfies(woken ->
                assertThat(woken.getCause())
                    .isInstanceOfSatisfying(
                        StoreException.class,
                        ended -> assertThat(ended.kind()).isEqualTo(Kind.UNAVAILABLE)));
        assertThat(register.drawVersion())
            .as("drawn by the sleeper, on a new connection")
            .isEqualTo(ofTheSleeper.get() + 1);
      }
    }

    private void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Nested
  class TheCheckpoints {

    private Checkpoints checkpoints;

    @BeforeEach
    void begin() {
      test.watermarks(NOON, 3);
      checkpoints = new Checkpoints(control, WORKER);
    }

    @Test
    void moveForwardForTheTablesThatWerePolled() {
      checkpoints.advance(Set.of(SourceTable.RENTAL, SourceTable.FILM), NOON.plusSeconds(5), 3);

      assertThat(checkpoints.read())
          .hasSize(7)
          .allSatisfy((table, watermark) ->
              assertThat(watermark)
                  .isEqualTo(
                      table == SourceTable.RENTAL || table == SourceTable.FILM
                          ? NOON.plusSeconds(5)
                          : NOON));
    }

    @Test
    void neverMoveBack() {
      checkpoints.advance(Set.of(SourceTable.RENTAL), NOON.plusSeconds(5), 3);
      checkpoints.advance(Set.of(SourceTable.RENTAL), NOON.plusSeconds(2), 3);

      assertThat(checkpoints.read()).containsEntry(SourceTable.RENTAL, NOON.plusSeconds(5));
    }

    @Test
    void refuseALeaderWhoWasFollowedByAnother() {
      checkpoints.advance(Set.of(SourceTable.RENTAL), NOON.plusSeconds(1), 4);

      StoreException refusal =
          catchThrowableOfType(
              StoreException.class,
              () -> checkpoints.advance(Set.of(SourceTable.RENTAL), NOON.plusSeconds(9), 3));
      assertThat(refusal).as("a stale leader's advance").isNotNull();
      assertThat(refusal.kind()).isEqualTo(Kind.FENCED);
      assertThat(refusal).hasMessageContaining(WORKER).hasMessageContaining("epoch 3");
      assertThat(checkpoints.read()).containsEntry(SourceTable.RENTAL, NOON.plusSeconds(1));
    }

    @Test
    void ofAnotherWorkerAreItsOwn() {
      new WorkerRegister(control, "another").register();
      assertThat(new Checkpoints(control, "another").read()).isEmpty();
    }
  }

  @Nested
  class TheRegister {

    @Test
    void givesEachVersionOnceHoweverManyAsk() throws Exception {
      Set<Long> drawn = new HashSet<>();
      inParallel(
          8,
          number -> {
            for (int i = 0; i < 25; i++) {
              long version = register.drawVersion();
              synchronized (drawn) {
                assertThat(drawn.add(version)).as("version %d is new", version).isTrue();
              }
            }
          });
      assertThat(drawn).hasSize(200).contains(1L, 200L);
    }

    @Test
    void raisesVersionsAboveWhatTheDestinationHoldsAndNeverLowersThem() {
      register.drawVersion();
      register.raiseVersions(1_000);
      assertThat(register.drawVersion()).isEqualTo(1_001);
      register.raiseVersions(7);
      assertThat(register.drawVersion()).isEqualTo(1_002);
    }

    @Test
    void numbersEachLeadershipAboveAllEarlierOnes() {
      assertThat(register.nextEpoch(0)).isEqualTo(1);
      assertThat(register.nextEpoch(0)).isEqualTo(2);
      assertThat(register.nextEpoch(40)).as("the destination knows of 40").isEqualTo(41);
      assertThat(register.nextEpoch(3)).isEqualTo(42);
    }

    @Test
    void bindsToOneSourceAndRefusesAnother() {
      register.bindSource("jupiter-1");
      register.bindSource("jupiter-1");

      StoreException refusal =
          catchThrowableOfType(StoreException.class, () -> register.bindSource("jupiter-2"));
      assertThat(refusal).isNotNull();
      assertThat(refusal.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(refusal).hasMessageContaining("jupiter-1").hasMessageContaining("jupiter-2");
      register.bindSource("jupiter-1");
    }

    @Test
    void knowsTheLoadOfThisDestinationOnly() {
      UUID destination = UUID.randomUUID();
      assertThat(register.loadOf(destination)).isNull();

      long epoch = register.nextEpoch(0);
      register.beginLoad(destination, 500, NOON, epoch);
      assertThat(register.loadOf(destination)).isEqualTo(new LoadState(500, false));
      register.finishLoad(epoch);
      assertThat(register.loadOf(destination)).isEqualTo(new LoadState(500, true));
      assertThat(register.loadOf(UUID.randomUUID())).as("a recreated destination").isNull();
    }

    @Test
    void aNewLoadForgetsTheProgressOfTheOldOne() {
      RunLedger ledger = new RunLedger(control, WORKER);
      long epoch = register.nextEpoch(0);
      register.beginLoad(UUID.randomUUID(), 500, NOON, epoch);
      Run run = ledger.begin(RunKind.LOAD, epoch);
      ledger.record(run, List.of(outcome(new Range(0, 500))));
      new Quarantine(control, WORKER).record(new Rentals(7), Map.of(7L, "zero date"));
      register.finishLoad(epoch);

      UUID recreated = UUID.randomUUID();
      register.beginLoad(recreated, 600, NOON.minusSeconds(60), register.nextEpoch(0));
      assertThat(register.loadOf(recreated)).isEqualTo(new LoadState(600, false));
      assertThat(ledger.loadedRanges()).isEmpty();
      assertThat(new Checkpoints(control, WORKER).read())
          .hasSize(7)
          .as("a new load begins where it begins, though that is earlier")
          .allSatisfy((table, watermark) -> assertThat(watermark).isEqualTo(NOON.minusSeconds(60)));
      Quarantine quarantine = new Quarantine(control, WORKER);
      quarantine.recount();
      assertThat(quarantine.size()).isZero();
    }

    @Test
    void refusesTheLoadOfALeaderWhoWasFollowedByAnother() {
      long stale = register.nextEpoch(0);
      long latest = register.nextEpoch(0);
      UUID destination = UUID.randomUUID();
      register.beginLoad(destination, 500, NOON, latest);

      assertFenced(() -> register.finishLoad(stale));
      assertFenced(() -> register.beginLoad(UUID.randomUUID(), 600, NOON, stale));
      assertThat(register.loadOf(destination)).isEqualTo(new LoadState(500, false));
    }
  }

  @Nested
  class TheLedger {

    private RunLedger ledger;

    @BeforeEach
    void open() {
      ledger = new RunLedger(control, WORKER);
    }

    @Test
    void addsUpWhatTheScopesOfARunDid() {
      register.nextEpoch(1);
      Run run = ledger.begin(RunKind.POLL, 2);
      ledger.record(
          run,
          List.of(
              new ScopeOutcome(
                  new Rentals(3, 1), 9, new RefreshResult(6, 3, 2, 4, 1), 2, Map.of(3L, "no date")),
              new ScopeOutcome(
                  new Range(10, 20), 10, new RefreshResult(60, 30, 20, 40, 10), 9, Map.of())));
      ledger.finish(run, null);

      assertThat(row("SELECT * FROM run"))
          .containsEntry("kind", "poll")
          .containsEntry("outcome", "completed")
          .containsEntry("epoch", 2L)
          .containsEntry("rows_read", 66L)
          .containsEntry("inserted", 33L)
          .containsEntry("updated", 22L)
          .containsEntry("tombstoned", 44L)
          .containsEntry("unchanged", 11L)
          .containsEntry("quarantined", 1L);
      assertThat(
              row(
                  "SELECT range_from, range_to, row_version FROM run_scope WHERE rental_ids IS NULL"))
          .isEqualTo(Map.of("range_from", 10L, "range_to", 20L, "row_version", 10L));
      assertThat(row("SELECT rental_ids::text AS ids FROM run_scope WHERE rental_ids IS NOT NULL"))
          .isEqualTo(Map.of("ids", "{1,3}"));
      assertThat(ledger.loadedRanges()).as("a poll loads nothing").isEmpty();
    }

    @Test
    void remembersTheRangesOfALoadInOrder() {
      Run first = ledger.begin(RunKind.LOAD, register.nextEpoch(0));
      ledger.record(first, List.of(outcome(new Range(20, 30)), outcome(new Range(0, 10))));
      Run second = ledger.begin(RunKind.LOAD, register.nextEpoch(0));
      ledger.record(second, List.of(outcome(new Range(10, 20))));

      assertThat(ledger.loadedRanges())
          .containsExactly(new Range(0, 10), new Range(10, 20), new Range(20, 30));
    }

    /** Its run may be another one's by now, where the control database is an older copy. */
    @Test
    void takesNothingFromALeaderWhoWasFollowedByAnother() {
      Run stale = ledger.begin(RunKind.LOAD, register.nextEpoch(0));
      Run latest = ledger.begin(RunKind.LOAD, register.nextEpoch(0));
      Run foreign = new Run(latest.id(), RunKind.LOAD, stale.epoch());
      Run unknown = new Run(latest.id() + 1, RunKind.LOAD, stale.epoch());

      for (Run run : List.of(stale, foreign, unknown)) {
        assertFenced(() -> ledger.record(run, List.of(outcome(new Range(0, 10)))));
      }
      ledger.finish(foreign, null);
      ledger.discard(foreign);
      assertThat(ledger.loadedRanges()).isEmpty();
      assertThat(row("SELECT outcome, rows_read FROM run WHERE id = " + latest.id()))
          .isEqualTo(Map.of("outcome", "running", "rows_read", 0L));
    }

    @Test
    void closesWhatADeadProcessLeftOpenAndNothingElse() {
      Run done = ledger.begin(RunKind.POLL, 1);
      ledger.finish(done, null);
      Run failed = ledger.begin(RunKind.POLL, 1);
      ledger.finish(failed, new IllegalStateException("x".repeat(5_000)));
      ledger.begin(RunKind.LOAD, 1);
      new WorkerRegister(control, "another").register();
      new RunLedger(control, "another").begin(RunKind.LOAD, 1);

      ledger.abandonUnfinished();
      assertThat(
              control.jdbc().sql("SELECT outcome FROM run ORDER BY id").query(String.class).list())
          .containsExactly("completed", "failed", "abandoned", "running");
      assertThat(row("SELECT length(error) AS length FROM run WHERE outcome = 'failed'"))
          .isEqualTo(Map.of("length", 2_000));
    }

    @Test
    void takesBackARunThatMovedNothing() {
      ledger.discard(ledger.begin(RunKind.POLL, 1));
      assertThat(control.jdbc().sql("SELECT count(*) FROM run").query(Long.class).single())
          .isZero();
    }
  }

  @Nested
  class TheQuarantine {

    private Quarantine quarantine;

    @BeforeEach
    void open() {
      quarantine = new Quarantine(control, WORKER);
    }

    @Test
    void takesInWhatWasRefusedAndLetsOutWhatSucceeds() {
      quarantine.record(new Range(0, 100), Map.of(7L, "zero date", 50L, "too wide"));
      assertThat(quarantine.size()).isEqualTo(2);

      quarantine.record(new Rentals(7, 8), Map.of(7L, "still no date"));
      assertThat(quarantine.size()).isEqualTo(2);
      assertThat(row("SELECT reason, tries FROM quarantine WHERE rental_id = 7"))
          .isEqualTo(Map.of("reason", "still no date", "tries", 2));

      quarantine.record(new Rentals(7, 8), Map.of());
      assertThat(rentals()).containsExactly(50L);
      quarantine.record(new Range(50, 100), Map.of());
      assertThat(rentals()).as("(50, 100] does not hold 50").containsExactly(50L);
      quarantine.record(new Range(49, 50), Map.of());
      assertThat(rentals()).isEmpty();
      assertThat(quarantine.size()).isZero();
    }

    @Test
    void isFoundAgainByTheNextProcess() {
      quarantine.record(new Rentals(7), Map.of(7L, "zero date"));
      Quarantine next = new Quarantine(control, WORKER);
      next.recount();
      assertThat(next.size()).isEqualTo(1);
      next.record(new Rentals(7), Map.of());
      assertThat(rentals()).isEmpty();
    }

    private List<Long> rentals() {
      return control
          .jdbc()
          .sql("SELECT rental_id FROM quarantine ORDER BY rental_id")
          .query(Long.class)
          .list();
    }
  }

  private static void assertFenced(ThrowingCallable call) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.FENCED));
  }

  @Nested
  class TheLease {

    @Test
    void isHeldByOneAndPassesOnWhenItIsGivenBack() {
      Leases one = new Leases(control, WORKER, Duration.ofSeconds(30));
      Leases other = new Leases(control, WORKER, Duration.ofSeconds(30));
      Lease held = one.tryAcquire();
      assertThat(held).isNotNull();
      held.ensureHeld();
      assertThat(other.tryAcquire()).isNull();
      assertThat(one.tryAcquire()).as("not twice either").isNull();

      held.close();
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(held::ensureHeld)
          .satisfies(lost -> assertThat(lost.kind()).isEqualTo(Kind.FENCED));
      try (Lease next = other.tryAcquire()) {
        assertThat(next).as("the second replica's turn").isNotNull();
        next.ensureHeld();
      }
    }

    @Test
    void isKeptBeyondItsDurationByItsHolder() throws InterruptedException {
      Leases leases = new Leases(control, WORKER, Duration.ofSeconds(2));
      try (Lease held = leases.tryAcquire()) {
        Thread.sleep(3_000);
        held.ensureHeld();
        assertThat(leases.tryAcquire()).isNull();
      }
    }

    /** The holder's process stands still, or its control database is away from it. */
    @Test
    void runsOutWhenItCannotBeRenewedAndSaysSo() throws InterruptedException {
      ControlDatabase cutOff = test.another();
      Lease held = new Leases(cutOff, WORKER, Duration.ofSeconds(1)).tryAcquire();
      assertThat(held).isNotNull();
      cutOff.close();
      Leases other = new Leases(control, WORKER, Duration.ofSeconds(30));
      Lease next = other.tryAcquire();
      for (int i = 0; i < 50 && next == null; i++) {
        Thread.sleep(100);
        next = other.tryAcquire();
      }
      assertThat(next).as("the second replica takes over").isNotNull();
      StoreException lost = catchThrowableOfType(StoreException.class, held::ensureHeld);
      assertThat(lost).as("the first one knows").isNotNull();
      assertThat(lost.kind()).isEqualTo(Kind.FENCED);
      assertThat(lost).hasMessageContaining(WORKER).hasMessageContaining("1 s");
      held.close();
      next.ensureHeld();
      assertThat(new Leases(control, WORKER, Duration.ofSeconds(30)).tryAcquire())
          .as("closing a lost lease takes nothing from the one who has it")
          .isNull();
      next.close();
    }

    @Test
    void tellsTwoReplicasOnOneHostApart() {
      Set<String> holders = new HashSet<>();
      for (int replica = 0; replica < 2; replica++) {
        Leases leases = new Leases(control, WORKER, Duration.ofSeconds(30));
        try (Lease held = leases.tryAcquire()) {
          assertThat(held).isNotNull();
          holders.add(
              control.jdbc().sql("SELECT locked_by FROM lease").query(String.class).single());
        }
      }
      assertThat(holders).as("renewing and giving back go by this name").hasSize(2);
    }

    @Test
    void ofAnotherWorkerIsAnother() {
      try (Lease one = new Leases(control, WORKER, Duration.ofSeconds(30)).tryAcquire();
          Lease other = new Leases(control, "another", Duration.ofSeconds(30)).tryAcquire()) {
        assertThat(one).isNotNull();
        assertThat(other).isNotNull();
      }
    }
  }

  private Map<String, Object> row(String sql) {
    return control.jdbc().sql(sql).query().singleRow();
  }

  private static ScopeOutcome outcome(RefreshScope scope) {
    return new ScopeOutcome(scope, 1, RefreshResult.NOTHING, 0, Map.of());
  }

  private static void inParallel(int threads, Work work) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      LongStream.range(0, threads)
          .forEach(number ->
              running.add(
                  executor.submit(() -> {
                    work.run(number);
                    return null;
                  })));
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  /** Work of one thread. */
  @FunctionalInterface
  interface Work {
    void run(long number) throws Exception;
  }
}
