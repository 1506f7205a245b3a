package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.testkit.DestinationRules.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.etlsandbox.testkit.memory.InMemoryDestination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a refresh the destination holds exactly the given rows for the scope. */
interface RefreshRules extends DestinationRules {

  @Test
  default void anEmptyScopeOfAnEmptyDestinationChangesNothing() {
    assertThat(refresh(new Range(0, 100), 1)).isEqualTo(RefreshResult.NOTHING);
    assertThat(refresh(new Rentals(1, 2, 3), 2)).isEqualTo(RefreshResult.NOTHING);
    assertThat(stored()).isEmpty();
    assertThat(destination().countLive()).isZero();
    assertThat(destination().maxRentalId()).isZero();
  }

  @Test
  default void anEmptyDestinationBecomesFull() {
    List<CustomerOrderFlat> rows = new FlatGenerator(1).rows(new Range(0, 50));
    assertThat(refresh(new Range(0, 50), 1, rows)).isEqualTo(result(rows.size(), 0, 0, 0));
    assertThat(live()).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void theSameAgainChangesNothingAndKeepsTheVersions(boolean byRange) {
    RefreshScope scope = byRange ? new Range(0, 3) : new Rentals(1, 2, 3);
    CustomerOrderFlat[] rows = {
      SampleFlat.row(1, 10, 1), SampleFlat.of(2, 20, 1).returnDate(null).build()
    };
    refresh(scope, 7, rows);
    List<StoredFlat> before = stored();
    assertThat(refresh(scope, 8, rows)).isEqualTo(result(0, 0, 0, 2));
    assertThat(stored()).isEqualTo(before).extracting(StoredFlat::rowVersion).containsOnly(7L);
  }

  @Test
  default void oneDifferingRowIsUpdatedAndItsNeighboursAreLeftAlone() {
    CustomerOrderFlat neighbour = SampleFlat.row(1, 10, 1);
    CustomerOrderFlat changed = SampleFlat.of(2, 20, 1).amountCents(1).build();
    refresh(new Range(0, 2), 1, neighbour, SampleFlat.row(2, 20, 1));
    assertThat(refresh(new Range(0, 2), 2, neighbour, changed)).isEqualTo(result(0, 1, 0, 1));
    assertThat(stored())
        .containsExactly(new StoredFlat(neighbour, 1, false), new StoredFlat(changed, 2, false));
  }

  @Test
  default void everyColumnCountsAsADifference() {
    List<CustomerOrderFlat> variants =
        List.of(
            SampleFlat.of(1, 1, 1).customerId(9).build(),
            SampleFlat.of(1, 1, 1).customerName("OTHER NAME").build(),
            SampleFlat.of(1, 1, 1).filmId(9).build(),
            SampleFlat.of(1, 1, 1).filmTitle("OTHER TITLE").build(),
            SampleFlat.of(1, 1, 1).category("Other").build(),
            SampleFlat.of(1, 1, 1).amountCents(298).build(),
            SampleFlat.of(1, 1, 1).rentalDate(HostileFlats.MOMENTS.get(8)).build(),
            SampleFlat.of(1, 1, 1).returnDate(HostileFlats.MOMENTS.get(8)).build(),
            SampleFlat.of(1, 1, 1).returnDate(null).build());
    long version = 0;
    for (CustomerOrderFlat variant : variants) {
      refresh(new Rentals(1), ++version, SampleFlat.row(1, 1, 1));
      assertThat(refresh(new Rentals(1), ++version, variant))
          .as("%s", variant)
          .isEqualTo(result(0, 1, 0, 0));
      assertThat(live()).containsExactly(variant);
    }
  }

  @Test
  default void aReturnDateComesAndGoes() {
    CustomerOrderFlat out = SampleFlat.of(1, 1, 1).returnDate(null).build();
    CustomerOrderFlat back = SampleFlat.row(1, 1, 1);
    refresh(new Rentals(1), 1, out);
    assertThat(live()).containsExactly(out);
    assertThat(refresh(new Rentals(1), 2, back)).isEqualTo(result(0, 1, 0, 0));
    assertThat(live()).containsExactly(back);
    assertThat(refresh(new Rentals(1), 3, out)).isEqualTo(result(0, 1, 0, 0));
    assertThat(live()).containsExactly(out);
    assertThat(refresh(new Rentals(1), 4, out)).isEqualTo(result(0, 0, 0, 1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void aRowThatLeftBecomesATombstoneAndComesBackAsAnInsert(boolean byRange) {
    RefreshScope scope = byRange ? new Range(0, 2) : new Rentals(1, 2);
    CustomerOrderFlat stays = SampleFlat.row(1, 10, 1);
    CustomerOrderFlat leaves = SampleFlat.row(2, 20, 1);
    refresh(scope, 1, stays, leaves);

    assertThat(refresh(scope, 2, stays)).isEqualTo(result(0, 0, 1, 1));
    assertThat(live()).containsExactly(stays);
    assertThat(stored()).extracting(StoredFlat::deleted).containsExactly(false, true);
    assertThat(stored()).extracting(StoredFlat::rowVersion).containsExactly(1L, 2L);
    assertThat(stored()).extracting(row -> row.flat().key()).contains(leaves.key());
    assertThat(destination().countLive()).isEqualTo(1);
    assertThat(destination().maxRentalId()).isEqualTo(1);

    assertThat(refresh(scope, 3, stays)).as("already gone").isEqualTo(result(0, 0, 0, 1));
    assertThat(stored()).extracting(StoredFlat::rowVersion).containsExactly(1L, 2L);

    assertThat(refresh(scope, 4, stays, leaves)).isEqualTo(result(1, 0, 0, 1));
    assertThat(stored())
        .containsExactly(new StoredFlat(stays, 1, false), new StoredFlat(leaves, 4, false));
  }

  @Test
  default void aScopeWithoutRowsTombstonesAllThatItHolds() {
    refresh(new Range(0, 3), 1, SampleFlat.row(1, 1, 1), SampleFlat.row(2, 2, 1));
    refresh(new Range(3, 9), 2, SampleFlat.row(4, 4, 1));
    assertThat(refresh(new Range(0, 3), 3)).isEqualTo(result(0, 0, 2, 0));
    assertThat(refresh(new Rentals(1, 4), 4)).isEqualTo(result(0, 0, 1, 0));
    assertThat(live()).isEmpty();
    assertThat(stored()).hasSize(3);
  }

  @Test
  default void whatLiesOutsideTheScopeIsNeverTouched() {
    CustomerOrderFlat[] rows = {
      SampleFlat.row(1, 1, 1), SampleFlat.row(2, 2, 1), SampleFlat.row(3, 3, 1)
    };
    refresh(new Range(0, 3), 1, rows);
    assertThat(refresh(new Range(1, 2), 2)).isEqualTo(result(0, 0, 1, 0));
    assertThat(live()).as("from is exclusive, to inclusive").containsExactly(rows[0], rows[2]);
    assertThat(refresh(new Rentals(3), 3)).isEqualTo(result(0, 0, 1, 0));
    assertThat(live()).containsExactly(rows[0]);
  }

  @Test
  default void aRentalWithSeveralPaymentsAndCategoriesIsComparedRowByRow() {
    refresh(
        new Rentals(5),
        1,
        SampleFlat.row(5, 1, 1),
        SampleFlat.row(5, 1, 2),
        SampleFlat.row(5, 2, 1),
        SampleFlat.row(5, 2, 2));
    CustomerOrderFlat changed = SampleFlat.of(5, 2, 2).amountCents(7).build();
    assertThat(
            refresh(
                new Rentals(5),
                2,
                SampleFlat.row(5, 1, 2),
                SampleFlat.row(5, 1, 3),
                SampleFlat.row(5, 2, 1),
                changed))
        .isEqualTo(result(1, 1, 1, 2));
    assertThat(live())
        .containsExactly(
            SampleFlat.row(5, 1, 2), SampleFlat.row(5, 1, 3), SampleFlat.row(5, 2, 1), changed);
  }

  @Test
  default void gapsBetweenTheKeysAreNoRows() {
    CustomerOrderFlat near = SampleFlat.row(7, 1, 1);
    CustomerOrderFlat far = SampleFlat.row(4_000_000_000L, 2, 1);
    refresh(EVERYTHING, 1, near, far);
    assertThat(refresh(new Rentals(1, 8, 3_999_999_999L), 2)).isEqualTo(RefreshResult.NOTHING);
    assertThat(refresh(new Range(7, 3_999_999_999L), 3)).isEqualTo(RefreshResult.NOTHING);
    assertThat(live()).containsExactly(near, far);
    assertThat(destination().maxRentalId()).isEqualTo(4_000_000_000L);
    assertThat(destination().stored(new Range(7, 3_999_999_999L))).isEmpty();
  }

  @Test
  default void anOlderVersionNeverOverwritesANewerOne() {
    CustomerOrderFlat newer = SampleFlat.of(1, 1, 1).amountCents(2).build();
    CustomerOrderFlat gone = SampleFlat.row(2, 2, 1);
    refresh(new Range(0, 2), 5, gone);
    refresh(new Range(0, 2), 10, newer);
    List<StoredFlat> before = stored();

    assertThat(refresh(new Range(0, 2), 9, SampleFlat.row(1, 1, 1), gone))
        .as("neither an older value nor a row that has been tombstoned since")
        .isEqualTo(result(0, 0, 0, 2));
    assertThat(stored()).isEqualTo(before);
    assertThat(refresh(new Range(0, 2), 9))
        .as("nor an older absence")
        .isEqualTo(RefreshResult.NOTHING);
    assertThat(refresh(new Rentals(1, 2), 9)).isEqualTo(RefreshResult.NOTHING);
    assertThat(stored()).isEqualTo(before);
  }

  /** Against the reference: counts, versions and tombstones after every step. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  default void randomRefreshesOfAMovingSourceMatchTheReference(long seed) {
    Random dice = new Random(seed);
    InMemoryDestination reference = new InMemoryDestination();
    reference.raiseFence(1);
    FlatGenerator[] rental = new FlatGenerator[61];
    boolean[] there = new boolean[61];
    for (int step = 1; step <= 60; step++) {
      for (int change = 0; change < 8; change++) {
        int id = 1 + dice.nextInt(60);
        rental[id] = new FlatGenerator(seed + dice.nextInt(2), dice.nextInt(3));
        there[id] = dice.nextInt(4) > 0;
      }
      RefreshScope scope = scope(dice);
      List<CustomerOrderFlat> rows = new ArrayList<>();
      for (int id = 1; id <= 60; id++) {
        if (there[id] && scope.contains(id)) {
          rows.addAll(rental[id].ofRental(id));
        }
      }
      RefreshResult expected =
          reference.refresh(scope, FlatStream.of(rows), step, TestLease.held(1));
      assertThat(refresh(scope, step, rows))
          .as("seed %d, step %d, %s", seed, step, scope)
          .isEqualTo(expected);
      assertThat(stored().stream().map(RefreshRules::comparable))
          .as("seed %d, step %d, %s", seed, step, scope)
          .containsExactlyElementsOf(
              reference.stored(EVERYTHING).stream().map(RefreshRules::comparable).toList());
    }
    assertThat(destination().countLive()).isEqualTo(reference.countLive());
    assertThat(destination().maxRentalId()).isEqualTo(reference.maxRentalId());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  default void overlappingScopesInAnyOrderEndInTheSameState(long seed) {
    Random dice = new Random(seed);
    FlatGenerator source = new FlatGenerator(seed);
    List<RefreshScope> scopes = new ArrayList<>(List.of(new Range(0, 25), new Range(20, 60)));
    for (int i = 0; i < 12; i++) {
      scopes.add(scope(dice));
    }
    long version = 0;
    for (int round = 0; round < 2; round++) {
      Collections.shuffle(scopes, dice);
      for (RefreshScope scope : scopes) {
        refresh(scope, ++version, source.rows(scope));
      }
    }
    assertThat(live()).isEqualTo(source.rows(new Range(0, 60)));
    assertThat(refresh(new Range(0, 60), ++version, source.rows(new Range(0, 60))).written())
        .isZero();
  }

  private static RefreshScope scope(Random dice) {
    if (dice.nextBoolean()) {
      int from = dice.nextInt(60);
      return new Range(from, from + 1 + dice.nextInt(60 - from));
    }
    return new Rentals(dice.longs(1 + dice.nextInt(12), 1, 61).toArray());
  }

  /** Of a tombstone only key and version count: its values may be the old ones or none. */
  private static Object comparable(StoredFlat row) {
    return row.deleted() ? "tombstone %s v%d".formatted(row.flat().key(), row.rowVersion()) : row;
  }
}
