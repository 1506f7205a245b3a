package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.testkit.DestinationRules.assertFails;
import static org.etlsandbox.testkit.DestinationRules.result;

import java.util.List;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.junit.jupiter.api.Test;

/** Purging deletes tombstones for good, and nothing else. */
interface PurgeRules extends DestinationRules {

  @Test
  default void purgingDeletesTheTombstonesAndNothingElse() {
    CustomerOrderFlat stays = SampleFlat.row(1, 10, 1);
    CustomerOrderFlat leaves = SampleFlat.row(2, 20, 1);
    CustomerOrderFlat changes = SampleFlat.row(3, 30, 1);
    CustomerOrderFlat changed = SampleFlat.of(3, 30, 1).amountCents(1).build();
    refresh(new Range(0, 3), 1, stays, leaves, changes);
    refresh(new Range(1, 3), 2, changed);
    refresh(new Rentals(4), 3, SampleFlat.row(4, 40, 1), SampleFlat.row(4, 41, 2));
    refresh(new Rentals(4), 4, SampleFlat.row(4, 41, 2));

    assertThat(destination().purgeTombstones(TestLease.held(1))).isEqualTo(2);
    assertThat(stored())
        .containsExactly(
            new StoredFlat(stays, 1, false),
            new StoredFlat(changed, 2, false),
            new StoredFlat(SampleFlat.row(4, 41, 2), 3, false));
    assertThat(destination().countLive()).isEqualTo(3);
    assertThat(destination().purgeTombstones(TestLease.held(1))).as("again").isZero();

    assertThat(refresh(new Rentals(2), 5, leaves))
        .as("it comes back")
        .isEqualTo(result(1, 0, 0, 0));
    assertThat(stored()).contains(new StoredFlat(leaves, 5, false));
    assertThat(destination().purgeTombstones(TestLease.held(1))).isZero();
    assertThat(destination().countLive()).isEqualTo(4);
  }

  /** A tombstone that came back to life has left tombstones behind where rows are versions. */
  @Test
  default void aRowThatCameBackIsNotPurged() {
    CustomerOrderFlat row = SampleFlat.row(1, 10, 1);
    refresh(new Rentals(1), 1, row);
    refresh(new Rentals(1), 2);
    refresh(new Rentals(1), 3, row);
    assertThat(destination().purgeTombstones(TestLease.held(1))).isZero();
    assertThat(stored()).containsExactly(new StoredFlat(row, 3, false));
  }

  @Test
  default void aStaleOrLapsedLeaderPurgesNothing() {
    refresh(new Rentals(1), 1, SampleFlat.row(1, 10, 1));
    refresh(new Rentals(1), 2);
    List<StoredFlat> before = stored();
    assertThat(before).extracting(StoredFlat::deleted).containsExactly(true);
    assertFails(Kind.FENCED, () -> destination().purgeTombstones(TestLease.lapsed(1)));
    destination().raiseFence(2);
    assertFails(Kind.FENCED, () -> destination().purgeTombstones(TestLease.held(1)));
    assertThat(stored()).isEqualTo(before);
  }
}
