package org.etlsandbox.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.etlsandbox.source.Change;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.RowDigest;
import org.etlsandbox.source.SourceTable;
import org.junit.jupiter.api.Test;

class ChangeMemoryTest {

  private static final Instant SECOND = Instant.parse("2026-01-01T00:00:00Z");

  private final ChangeMemory memory = new ChangeMemory(3);

  @Test
  void knowsTheStateThatWasRemembered() {
    assertThat(memory.knows(SourceTable.RENTAL, change(1, SECOND, 10))).isFalse();
    memory.remember(SourceTable.RENTAL, change(1, SECOND, 10));
    assertThat(memory.knows(SourceTable.RENTAL, change(1, SECOND, 10))).isTrue();
  }

  @Test
  void twoCommitsWithinOneSecondAreTwoStates() {
    memory.remember(SourceTable.RENTAL, change(1, SECOND, 10));
    assertThat(memory.knows(SourceTable.RENTAL, change(1, SECOND, 11))).isFalse();
    memory.remember(SourceTable.RENTAL, change(1, SECOND, 11));
    assertThat(memory.knows(SourceTable.RENTAL, change(1, SECOND, 10))).isFalse();
  }

  /** Deleted, refreshed for another reason, and put back as it was: the destination lacks it. */
  @Test
  void anEqualRowOfALaterTimeIsAnotherState() {
    memory.remember(SourceTable.FILM_CATEGORY, change(1, SECOND, 10));
    assertThat(memory.knows(SourceTable.FILM_CATEGORY, change(1, SECOND.plusSeconds(1), 10)))
        .isFalse();
  }

  @Test
  void tablesAreKeptApart() {
    memory.remember(SourceTable.RENTAL, change(1, SECOND, 10));
    assertThat(memory.knows(SourceTable.PAYMENT, change(1, SECOND, 10))).isFalse();
  }

  @Test
  void whatWasRememberedLongestAgoFallsOut() {
    for (int key = 1; key <= 3; key++) {
      memory.remember(SourceTable.RENTAL, change(key, SECOND, 10));
    }
    memory.remember(SourceTable.RENTAL, change(1, SECOND, 11));
    memory.remember(SourceTable.RENTAL, change(4, SECOND, 10));
    assertThat(memory.knows(SourceTable.RENTAL, change(1, SECOND, 11))).isTrue();
    assertThat(memory.knows(SourceTable.RENTAL, change(2, SECOND, 10))).isFalse();
    assertThat(memory.knows(SourceTable.RENTAL, change(3, SECOND, 10))).isTrue();
    assertThat(memory.knows(SourceTable.RENTAL, change(4, SECOND, 10))).isTrue();
  }

  private static Change change(long key, Instant lastUpdate, long digest) {
    return new Change(new ChangeKey(key), lastUpdate, new RowDigest(digest, 0));
  }
}
