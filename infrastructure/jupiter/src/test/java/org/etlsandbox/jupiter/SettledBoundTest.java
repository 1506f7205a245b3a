package org.etlsandbox.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.etlsandbox.source.Settled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule by which the settled moment is decided, without a server. */
class SettledBoundTest {

  private static final List<RunningStatement> NOTHING_RUNS = List.of();
  private static final List<OpenTransaction> NOTHING_IS_OPEN = List.of();

  private final SettledBound bound = new SettledBound(Duration.ofSeconds(100));

  @Test
  void withNothingUnderWayItIsTheSecondBeforeNow() {
    Settled settled = observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);

    assertThat(settled).isEqualTo(new Settled(at(10), at(9), Duration.ZERO, null));
  }

  @Test
  void aRunningStatementHoldsItBeforeItsStart() {
    Settled settled = observe(at(10), List.of(statement(7, 6), statement(8, 3)), NOTHING_IS_OPEN);

    assertThat(settled.settled()).isEqualTo(at(2));
    assertThat(settled.heldFor()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settled.reason()).contains("connection 8");
  }

  @Test
  void aStatementHoldsNothingBeforeThePreviousLookIfNothingRanOnItsConnectionThen() {
    observe(at(10), List.of(statement(8, 10)), NOTHING_IS_OPEN);

    assertThat(settled(11, List.of(statement(7, 10)), NOTHING_IS_OPEN)).isEqualTo(at(9));
    assertThat(settled(14, List.of(statement(7, 10)), NOTHING_IS_OPEN))
        .as("it was running at the previous look: by what the server tells of it")
        .isEqualTo(at(9));
    assertThat(settled(15, List.of(statement(9, 14)), NOTHING_IS_OPEN))
        .as("to the quarter of a second")
        .isEqualTo(at(13));
  }

  @Test
  void aStatementThatHasEndedHoldsNothing() {
    observe(at(10), List.of(statement(7, 3)), NOTHING_IS_OPEN);

    assertThat(settled(11, NOTHING_RUNS, NOTHING_IS_OPEN)).isEqualTo(at(10));
  }

  @Test
  void whatATransactionOpenAtTheFirstLookWroteNobodyKnowsUntilItEnds() {
    List<OpenTransaction> old = List.of(transaction("a", 7, 9));

    Settled first = observe(at(10), NOTHING_RUNS, old);
    assertThat(first.settled()).isNull();
    assertThat(first.reason()).contains("connection 7").contains("before this worker");

    Settled later = observe(at(15), NOTHING_RUNS, old);
    assertThat(later.settled()).isNull();
    assertThat(later.heldFor()).isEqualTo(Duration.ofSeconds(5));

    assertThat(settled(16, NOTHING_RUNS, NOTHING_IS_OPEN)).isEqualTo(at(15));
  }

  @Test
  void aTransactionFirstSeenNowMayHaveWrittenSinceThePreviousLook() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);

    // The server tells a start after the statement's, which first waited for a lock
    assertThat(settled(20, NOTHING_RUNS, List.of(transaction("a", 7, 18)))).isEqualTo(at(9));
  }

  @Test
  void aTransactionIsBoundByItsOwnStartWhereThatIsEarlier() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);

    assertThat(settled(20, NOTHING_RUNS, List.of(transaction("a", 7, 8)))).isEqualTo(at(7));
  }

  @Test
  void aTransactionIsBoundByTheStatementThatWasSeenRunningOnItsConnection() {
    observe(at(5), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(10), List.of(statement(7, 6), statement(8, 2)), NOTHING_IS_OPEN);

    assertThat(settled(11, NOTHING_RUNS, List.of(transaction("a", 7, 11)))).isEqualTo(at(5));
  }

  @Test
  void aStatementOfAnEarlierTransactionDoesNotBindTheNextOneOfItsConnection() {
    observe(at(5), NOTHING_RUNS, NOTHING_IS_OPEN);
    // It waits for a row lock, inside of its transaction
    observe(at(30), List.of(statement(7, 6)), List.of(transaction("a", 7, 6)));

    assertThat(settled(31, NOTHING_RUNS, List.of(transaction("b", 7, 31)))).isEqualTo(at(29));
  }

  @Test
  void norDoesItWhenItsTransactionEndedBetweenTheTwoQuestions() {
    observe(at(5), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(30), List.of(statement(7, 6)), List.of(transaction("a", 7, 6)));
    observe(at(31), List.of(statement(7, 6)), NOTHING_IS_OPEN);

    assertThat(settled(32, NOTHING_RUNS, List.of(transaction("b", 7, 32)))).isEqualTo(at(30));
  }

  @Test
  void aStatementThatMayHaveBegunAfterThePreviousLookIsNotTakenForOneOfThatTransaction() {
    observe(at(5), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(30), List.of(statement(7, 29)), List.of(transaction("a", 7, 6)));
    // Asked slowly: all that is known is that it began between 27 and 31
    observe(at(31), List.of(new RunningStatement(7, at(28), at(31))), NOTHING_IS_OPEN);

    assertThat(settled(32, NOTHING_RUNS, List.of(transaction("b", 7, 32)))).isEqualTo(at(27));
  }

  @Test
  void aStatementThatBeganAfterThePreviousLookMayBeTheFirstOfTheNextTransaction() {
    observe(at(5), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(30), NOTHING_RUNS, List.of(transaction("a", 7, 6)));
    observe(at(40), List.of(statement(7, 30)), NOTHING_IS_OPEN);

    assertThat(settled(41, NOTHING_RUNS, List.of(transaction("b", 7, 41)))).isEqualTo(at(29));
  }

  @Test
  void aTransactionOfAnotherConnectionChangesNothingAboutThat() {
    observe(at(5), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(10), List.of(statement(7, 6)), List.of(transaction("a", 8, 10)));

    assertThat(settled(11, NOTHING_RUNS, List.of(transaction("b", 7, 11)))).isEqualTo(at(5));
  }

  @Test
  void ofTwoStatementsOnOneConnectionTheEarlierCounts() {
    observe(at(5), NOTHING_RUNS, NOTHING_IS_OPEN);

    assertThat(settled(10, List.of(statement(7, 6), statement(7, 8)), NOTHING_IS_OPEN))
        .isEqualTo(at(5));
    assertThat(settled(11, NOTHING_RUNS, List.of(transaction("a", 7, 11)))).isEqualTo(at(5));
  }

  @Test
  void aPreparedTransactionMayBeAnyThatWasSeenBefore() {
    observe(at(5), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(10), List.of(statement(9, 9)), List.of(transaction("a", 7, 8)));

    OpenTransaction prepared = transaction("xa:1", OpenTransaction.NO_CONNECTION, 20);
    assertThat(settled(20, NOTHING_RUNS, List.of(prepared))).isEqualTo(at(4));
    Settled later = observe(at(30), NOTHING_RUNS, List.of(prepared));
    assertThat(later.settled()).isEqualTo(at(4));
    assertThat(later.reason()).contains("XA RECOVER");
    assertThat(settled(31, NOTHING_RUNS, NOTHING_IS_OPEN)).isEqualTo(at(30));
  }

  @Test
  void aPreparedTransactionIsNoneThatWasPreparedBefore() {
    observe(at(5), NOTHING_RUNS, NOTHING_IS_OPEN);
    OpenTransaction first = transaction("xa:1", OpenTransaction.NO_CONNECTION, 10);
    OpenTransaction second = transaction("xa:2", OpenTransaction.NO_CONNECTION, 20);
    observe(at(10), NOTHING_RUNS, List.of(first));

    assertThat(settled(20, NOTHING_RUNS, List.of(first, second))).isEqualTo(at(4));
    assertThat(settled(30, NOTHING_RUNS, List.of(second))).isEqualTo(at(9));
  }

  @Test
  void aPreparedTransactionThatMayHaveBeenOpenBeforeTheFirstLookIsUnknownToo() {
    observe(at(10), NOTHING_RUNS, List.of(transaction("a", 7, 8)));

    List<OpenTransaction> prepared =
        List.of(transaction("xa:1", OpenTransaction.NO_CONNECTION, 20));
    assertThat(settled(20, NOTHING_RUNS, prepared)).isNull();
    assertThat(settled(30, NOTHING_RUNS, prepared)).isNull();
    assertThat(settled(31, NOTHING_RUNS, NOTHING_IS_OPEN)).isEqualTo(at(30));
  }

  @Test
  void aBoundStaysUntilItsTransactionEnds() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);
    List<OpenTransaction> open = List.of(transaction("a", 7, 18));

    for (int now = 20; now < 100; now += 10) {
      Settled settled = observe(at(now), NOTHING_RUNS, open);
      assertThat(settled.settled()).as("at %s", at(now)).isEqualTo(at(9));
      assertThat(settled.heldFor()).isEqualTo(Duration.ofSeconds(now - 10));
      assertThat(settled.reason()).contains("open transaction on connection 7");
    }

    assertThat(settled(100, NOTHING_RUNS, NOTHING_IS_OPEN)).isEqualTo(at(99));
  }

  @Test
  void theOldestOfSeveralTransactionsCounts() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(20), NOTHING_RUNS, List.of(transaction("a", 7, 15)));
    OpenTransaction older = transaction("a", 7, 15);
    OpenTransaction younger = transaction("b", 8, 25);

    assertThat(settled(30, NOTHING_RUNS, List.of(younger, older))).isEqualTo(at(9));
    assertThat(settled(31, NOTHING_RUNS, List.of(younger))).isEqualTo(at(19));
  }

  @Test
  void aBusyConnectionDoesNotHoldItForever() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);

    for (int now = 11; now < 60; now++) {
      // At every look another transaction of the same connection is open
      Settled settled =
          observe(at(now), List.of(statement(7, now)), List.of(transaction("7:" + now, 7, now)));
      assertThat(settled.settled()).as("at %s", at(now)).isEqualTo(at(now - 2));
    }
  }

  @Test
  void anAnswerThatCannotBeTrustedMovesNothing() {
    observe(at(10), List.of(statement(7, 4)), NOTHING_IS_OPEN);

    Settled untrusted = observe(at(20), NOTHING_RUNS, null);
    assertThat(untrusted.settled()).isNull();
    assertThat(untrusted.now()).isEqualTo(at(20));
    assertThat(untrusted.heldFor()).isZero();
    assertThat(untrusted.reason()).contains("innodb_trx");

    // They may have begun before 20 and waited: neither is 20 the "previous look", nor is it known
    // that nothing runs on 7
    assertThat(settled(21, NOTHING_RUNS, List.of(transaction("a", 7, 19), transaction("b", 8, 19))))
        .isEqualTo(at(3));
  }

  @Test
  void aTransactionThatBeganLaterThanAnUntrustedAnswerWroteNothingBeforeThat() {
    observe(at(10), List.of(statement(7, 4)), NOTHING_IS_OPEN);
    observe(at(12), NOTHING_RUNS, null);
    observe(at(14), NOTHING_RUNS, null);
    observe(at(16), NOTHING_RUNS, null);

    assertThat(settled(20, NOTHING_RUNS, List.of(transaction("a", 7, 15)))).isEqualTo(at(13));
  }

  @Test
  void soItIsOnlyIfAllHadBeenAskedBeforeItBegan() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);
    bound.observe(at(12), at(16), NOTHING_RUNS, null);

    assertThat(settled(20, NOTHING_RUNS, List.of(transaction("a", 7, 15)))).isEqualTo(at(9));
  }

  @Test
  void norIfSomethingRanOnItsConnectionThen() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(14), List.of(statement(7, 13), statement(8, 12)), null);
    List<OpenTransaction> open = List.of(transaction("a", 7, 16), transaction("b", 9, 16));

    assertThat(settled(20, NOTHING_RUNS, open)).isEqualTo(at(12));
  }

  @Test
  void anEarlierLookMayTellMoreThanALaterOne() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(14), NOTHING_RUNS, null);
    // What the server tells of it is a second too early
    observe(at(15), List.of(statement(7, 14)), null);

    assertThat(settled(20, NOTHING_RUNS, List.of(transaction("a", 7, 16)))).isEqualTo(at(13));
  }

  @Test
  void thatIsForgottenWithTheNextAnswer() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);
    observe(at(14), NOTHING_RUNS, null);
    observe(at(16), List.of(statement(7, 15)), NOTHING_IS_OPEN);

    assertThat(settled(20, NOTHING_RUNS, List.of(transaction("a", 7, 18)))).isEqualTo(at(14));
  }

  @Test
  void anUntrustedFirstAnswerIsNoFirstLook() {
    observe(at(10), NOTHING_RUNS, null);

    assertThat(settled(20, NOTHING_RUNS, List.of(transaction("a", 7, 15)))).isNull();
  }

  @Test
  void aTransactionOpenForTooLongIsReportedAndNoLongerWaitedFor() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);
    List<OpenTransaction> open = List.of(transaction("a", 7, 11));

    assertThat(settled(110, NOTHING_RUNS, open)).isEqualTo(at(9));

    Settled settled = observe(at(111), NOTHING_RUNS, open);
    assertThat(settled.settled()).isEqualTo(at(110));
    assertThat(settled.heldFor()).isZero();
    assertThat(settled.reason()).contains("connection 7").contains("etl.poll.max-hold");
  }

  @Test
  void anUnknownTransactionIsNotWaitedForLongerThanAnyOther() {
    List<OpenTransaction> open = List.of(transaction("a", 7, 9));
    observe(at(10), NOTHING_RUNS, open);

    assertThat(settled(110, NOTHING_RUNS, open)).isNull();
    assertThat(settled(111, NOTHING_RUNS, open)).isEqualTo(at(110));
  }

  @Test
  void aTransactionGivenUpIsReportedWhileAnotherHolds() {
    observe(at(10), NOTHING_RUNS, NOTHING_IS_OPEN);
    OpenTransaction forgotten = transaction("a", 7, 11);
    observe(at(110), NOTHING_RUNS, List.of(forgotten));

    Settled settled = observe(at(120), NOTHING_RUNS, List.of(forgotten, transaction("b", 8, 118)));
    assertThat(settled.settled()).isEqualTo(at(109));
    assertThat(settled.heldFor()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settled.reason()).contains("connection 8").contains("etl.poll.max-hold");
  }

  private Settled observe(
      Instant now, List<RunningStatement> running, @Nullable List<OpenTransaction> open) {
    return bound.observe(now, now, running, open);
  }

  private @Nullable Instant settled(
      int second, List<RunningStatement> running, List<OpenTransaction> open) {
    return observe(at(second), running, open).settled();
  }

  private static Instant at(int second) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second);
  }

  private static RunningStatement statement(long connection, int started) {
    return new RunningStatement(connection, at(started), at(started + 1));
  }

  private static OpenTransaction transaction(String identity, long connection, int started) {
    return new OpenTransaction(identity, connection, at(started));
  }
}
