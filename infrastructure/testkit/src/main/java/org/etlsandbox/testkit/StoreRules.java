package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationState;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.junit.jupiter.api.Test;

/** What a destination tells of itself, and how it is opened and closed. */
interface StoreRules extends DestinationRules {

  /** The contract's own way to a second store. */
  TestStore anotherStore();

  @Test
  default void itAnswersAndNamesItsEngine() {
    destination().check();
    assertThat(destination().engine()).isNotBlank();
  }

  @Test
  default void preparingAgainFindsTheSameIncarnation() {
    DestinationState first = destination().prepare();
    assertThat(first.maxRowVersion()).isZero();
    assertThat(first.epoch()).isEqualTo(1);
    refresh(new Range(0, 2), 41, SampleFlat.row(1, 1, 1), SampleFlat.row(2, 2, 1));
    refresh(new Range(0, 2), 42, SampleFlat.row(1, 1, 1));
    DestinationState expected = new DestinationState(first.incarnation(), 42, 1);
    assertThat(destination().prepare()).as("tombstones count").isEqualTo(expected);
    try (Destination reopened = store().open()) {
      assertThat(reopened.prepare()).isEqualTo(expected);
      assertThat(reopened.stored(EVERYTHING)).isEqualTo(stored());
    }
  }

  @Test
  default void aRecreatedStoreIsAnotherIncarnation() {
    DestinationState first = destination().prepare();
    try (TestStore recreated = anotherStore();
        Destination other = recreated.open()) {
      DestinationState second = other.prepare();
      assertThat(second.incarnation()).isNotEqualTo(first.incarnation());
      assertThat(second.epoch()).isZero();
      assertThat(second.maxRowVersion()).isZero();
    }
  }

  @Test
  default void paymentsAreFoundUnderTheRentalsThatHoldThemLive() {
    refresh(
        new Range(0, 9),
        1,
        SampleFlat.row(1, 10, 1),
        SampleFlat.row(2, 20, 1),
        SampleFlat.row(2, 20, 2),
        SampleFlat.row(3, 10, 1),
        SampleFlat.row(4, 40, 1),
        SampleFlat.row(5, HostileFlats.MAX_ID, 1));
    refresh(new Rentals(4), 2);
    assertThat(destination().rentalsHolding(new long[] {20, 10, 10, 40, 99}))
        .containsExactly(1, 2, 3);
    assertThat(destination().rentalsHolding(new long[] {40})).as("a tombstone").isEmpty();
    assertThat(destination().rentalsHolding(new long[] {HostileFlats.MAX_ID})).containsExactly(5);
    assertThat(destination().rentalsHolding(new long[0])).isEmpty();
  }

  @Test
  default void storedRowsComeInKeyOrderWithinTheRange() {
    refresh(
        new Range(0, 100),
        1,
        SampleFlat.row(2, 9, 1),
        SampleFlat.row(2, 10, 1),
        SampleFlat.row(10, 1, 2),
        SampleFlat.row(10, 1, 11));
    refresh(new Rentals(2), 2, SampleFlat.row(2, 10, 1));
    List<StoredFlat> rows = destination().stored(new Range(1, 10));
    assertThat(rows)
        .extracting(row -> row.flat().key())
        .containsExactly(
            SampleFlat.row(2, 9, 1).key(),
            SampleFlat.row(2, 10, 1).key(),
            SampleFlat.row(10, 1, 2).key(),
            SampleFlat.row(10, 1, 11).key());
    assertThat(rows).extracting(StoredFlat::deleted).containsExactly(true, false, false, false);
    assertThat(destination().stored(new Range(2, 9))).isEmpty();
    assertThat(destination().countLive()).isEqualTo(3);
  }

  @Test
  default void keysAreThoseOfTheLiveRowsOfTheRangeInOrder() {
    assertThat(destination().keys(EVERYTHING)).isEmpty();
    refresh(
        new Range(0, 100),
        1,
        SampleFlat.row(2, 9, 1),
        SampleFlat.row(2, 10, 1),
        SampleFlat.row(10, 1, 2),
        SampleFlat.row(10, 1, 11),
        SampleFlat.row(11, 1, 1));
    refresh(
        new Range(100, HostileFlats.MAX_ID),
        2,
        SampleFlat.row(HostileFlats.MAX_ID, HostileFlats.MAX_ID, HostileFlats.MAX_ID));
    refresh(new Rentals(2), 3, SampleFlat.row(2, 10, 1));
    assertThat(destination().keys(new Range(1, 10)))
        .containsExactly(new FlatKey(2, 10, 1), new FlatKey(10, 1, 2), new FlatKey(10, 1, 11));
    assertThat(destination().keys(new Range(2, 9))).isEmpty();
    assertThat(destination().keys(EVERYTHING))
        .containsExactlyElementsOf(live().stream().map(CustomerOrderFlat::key).toList());
    refresh(new Rentals(2), 4, SampleFlat.row(2, 9, 1), SampleFlat.row(2, 10, 1));
    assertThat(destination().keys(new Range(0, 2)))
        .as("a row that came back")
        .containsExactly(new FlatKey(2, 9, 1), new FlatKey(2, 10, 1));
  }

  @Test
  default void closingLeavesNoSession() throws InterruptedException {
    OptionalInt none = store().sessions();
    try (Destination other = store().open()) {
      other.prepare();
      other.refresh(
          new Range(0, 1), FlatStream.of(List.of(SampleFlat.row(1, 1, 1))), 1, TestLease.held(1));
    }
    // A server takes a moment to notice that a client has gone
    for (int i = 0; i < 100 && !store().sessions().equals(none); i++) {
      Thread.sleep(50);
    }
    assertThat(store().sessions()).isEqualTo(none);
  }

  /** By every leader, whether or not the one before it has come so far. */
  @Test
  default void aLoadIsCompletedOnceHoweverOftenItIsSaid() {
    refresh(new Range(0, 3), 1, SampleFlat.row(1, 10, 1), SampleFlat.row(2, 20, 1));
    assertThat(destination().rentalsHolding(new long[] {20})).containsExactly(2);
    destination().completeLoad();
    destination().completeLoad();
    assertThat(destination().rentalsHolding(new long[] {20})).containsExactly(2);
    refresh(new Rentals(2), 2, SampleFlat.row(2, 21, 1));
    assertThat(destination().rentalsHolding(new long[] {20, 21})).containsExactly(2);
  }
}
