package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.etlsandbox.source.Change;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.SettleOptions;
import org.etlsandbox.source.Settled;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.etlsandbox.testkit.sakila.SakilaRow.Customer;
import org.etlsandbox.testkit.sakila.SakilaWriter.SakilaTransaction;
import org.junit.jupiter.api.Test;

/** Before the settled moment nothing can appear any more; and it moves on. */
interface SettledRules extends SourceRules {
  Duration ROUND = Duration.ofMillis(700);

  @Test
  default void withNothingOpenItFollowsTheClock() {
    SettledClock clock = source().settledClock(OBSERVING);
    Instant first = writer().now();
    settleAtLeast(clock, first);
    writer().letPass(Duration.ofSeconds(2));
    Settled later = settleAtLeast(clock, first.plusSeconds(2));
    assertThat(later.heldFor()).isZero();
    assertThat(later.reason()).isNull();
  }

  @Test
  default void anOpenTransactionHoldsItUntilTheCommit() {
    SettledClock clock = source().settledClock(OBSERVING);
    settleAtLeast(clock, writer().now());
    try (SakilaTransaction transaction = writer().begin()) {
      Instant written = writer().now();
      transaction.put(new Customer(1, "LATE", "COMMIT", written));
      Settled last = expectHeld(clock, written);
      assertThat(last.heldFor()).as("held by %s", last.reason()).isPositive();
      assertThat(last.reason()).isNotBlank();
      expectHeld(source().settledClock(OBSERVING), written);

      transaction.commit();
      settleAtLeast(clock, written.plusSeconds(1));
      try (SourceSnapshot snapshot = source().snapshot()) {
        assertThat(
                snapshot
                    .changes(SourceTable.CUSTOMER, ChangePosition.startingAt(written), 10)
                    .changes())
            .extracting(Change::key)
            .containsExactly(new ChangeKey(1));
      }
    }
  }

  @Test
  default void oneOfTwoTransactionsIsEnoughToHoldIt() {
    SettledClock clock = source().settledClock(OBSERVING);
    try (SakilaTransaction older = writer().begin();
        SakilaTransaction younger = writer().begin()) {
      Instant written = writer().now();
      older.put(new Customer(1, "A", "B", written));
      writer().letPass(Duration.ofSeconds(2));
      Instant writtenLater = writer().now();
      younger.put(new Customer(2, "C", "D", writtenLater));
      expectHeld(clock, written);
      older.commit();
      expectHeld(clock, writtenLater);
      younger.rollback();
      settleAtLeast(clock, writtenLater.plusSeconds(1));
    }
  }

  @Test
  default void anOpenSnapshotDoesNotHoldIt() {
    SettledClock clock = source().settledClock(OBSERVING);
    try (SourceSnapshot snapshot = source().snapshot()) {
      Instant opened = writer().now();
      assertThat(snapshot.maxRentalId()).isZero();
      writer().letPass(Duration.ofSeconds(1));
      settleAtLeast(clock, opened.plusSeconds(1));
    }
  }

  @Test
  default void aTransactionOpenForTooLongIsNoLongerWaitedFor() {
    SettledClock clock =
        source()
            .settledClock(new SettleOptions(Duration.ofSeconds(5), false, Duration.ofSeconds(2)));
    try (SakilaTransaction transaction = writer().begin()) {
      Instant written = writer().now();
      transaction.put(new Customer(1, "VERY", "LATE", written));
      settleAtLeast(clock, written.plusSeconds(1));
      transaction.rollback();
    }
  }

  @Test
  default void aForcedCommitLagAsksForNoTransactions() {
    Duration lag = Duration.ofSeconds(30);
    SettledClock clock = source().settledClock(new SettleOptions(lag, true, Duration.ofHours(1)));
    Instant before = writer().now();
    Settled settled = settleAtLeast(clock, before.minus(lag));
    assertThat(settled.settled()).isBeforeOrEqualTo(settled.now().minus(lag));
  }

  /** Asks until the settled moment has come so far; no answer on the way may be too late. */
  private Settled settleAtLeast(SettledClock clock, Instant moment) {
    for (int round = 0; round < 40; round++) {
      Settled settled = settle(clock);
      if (settled.settled() != null && !settled.settled().isBefore(moment)) {
        return settled;
      }
      writer().letPass(ROUND);
    }
    throw new AssertionError("Settled never reached %s: now %s".formatted(moment, clock.settle()));
  }

  private Settled expectHeld(SettledClock clock, Instant written) {
    Settled settled = settle(clock);
    for (int round = 0; round < 6; round++) {
      writer().letPass(ROUND);
      settled = settle(clock);
      if (settled.settled() != null) {
        assertThat(settled.settled())
            .as("a transaction that wrote at %s is open: %s", written, settled)
            .isBeforeOrEqualTo(written);
      }
    }
    return settled;
  }

  private Settled settle(SettledClock clock) {
    Instant before = writer().now();
    Settled settled = clock.settle();
    assertThat(settled.now().truncatedTo(ChronoUnit.SECONDS)).isBetween(before, writer().now());
    if (settled.settled() != null) {
      // A row of the second that has begun may still come
      assertThat(settled.settled())
          .isEqualTo(settled.settled().truncatedTo(ChronoUnit.SECONDS))
          .isBeforeOrEqualTo(settled.now());
    }
    return settled;
  }
}
