package org.etlsandbox.sakila;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeckTest {

  private static List<Operation> deal(boolean deletes, long seed) {
    Deck deck = new Deck(deletes, seed);
    return LongStream.range(0, Operation.cards(deletes).size()).mapToObj(deck::card).toList();
  }

  @Test
  void everyOperationComesInEachDeckInAnOrderOfTheSeed() {
    assertThat(deal(true, 1))
        .containsExactlyInAnyOrderElementsOf(Operation.cards(true))
        .isEqualTo(deal(true, 1))
        .isNotEqualTo(deal(true, 2));
  }

  @Test
  void withoutDeletesNothingHappensThatPollingCannotSee() {
    assertThat(deal(false, 1))
        .doesNotContain(
            Operation.DELETE_PAYMENT,
            Operation.DELETE_RENTAL_WITH_PAYMENTS,
            Operation.DELETE_RENTAL_ALONE,
            Operation.DELETE_INVENTORY,
            Operation.DELETE_CUSTOMER,
            Operation.DELETE_FILM,
            Operation.LOSE_CATEGORY,
            Operation.SWITCH_CATEGORY,
            Operation.DELETE_CATEGORY,
            Operation.REVIVE_CATEGORY);
  }
}
