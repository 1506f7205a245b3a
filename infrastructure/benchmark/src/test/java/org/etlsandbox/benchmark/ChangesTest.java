package org.etlsandbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangesTest {

  private final Changes changes =
      new Changes(new long[] {1, 3, 7}, new long[] {50, 20, 90}, new long[] {100, 499, -499});

  @Test
  void aChangeIsKnownByPaymentAndNewAmount() {
    assertThat(changes.of(20, 499)).isEqualTo(1);
    assertThat(changes.of(20, 498)).as("the amount from before").isEqualTo(-1);
    assertThat(changes.of(21, 499)).as("somebody else's payment").isEqualTo(-1);
  }

  @Test
  void commitsMayBeConfirmedInAnyOrder() {
    assertThat(changes.last()).isEqualTo(-1);
    changes.committed(2, 30);
    changes.committed(0, 40);
    assertThat(changes.last()).isEqualTo(2);
    assertThat(changes.committedAt(0)).isEqualTo(40);
    assertThat(changes.committedAt(2)).isEqualTo(30);
  }
}
