package org.etlsandbox.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentRentalsTest {

  @Test
  void aRentalIsNewOnce() {
    RecentRentals recent = new RecentRentals(10);
    assertThat(recent.add(1)).isTrue();
    assertThat(recent.add(1)).isFalse();
    assertThat(recent.add(2)).isTrue();
  }

  @Test
  void theLastOnesAreAlwaysKnownAndOldOnesForgotten() {
    int capacity = 10;
    RecentRentals recent = new RecentRentals(capacity);
    for (long id = 1; id <= 1_000; id++) {
      assertThat(recent.add(id)).as("rental %d is new", id).isTrue();
      for (long known = Math.max(1, id - capacity + 1); known <= id; known++) {
        assertThat(recent.add(known)).as("rental %d after %d", known, id).isFalse();
      }
    }
    assertThat(recent.add(1)).as("bounded: the first one is forgotten").isTrue();
  }
}
