package org.etlsandbox.sakila;

import java.util.List;
import org.etlsandbox.sakila.SakilaShape.Stream;

/**
 * An endless row of operations, deck after deck of the same cards, each shuffled anew by the seed:
 * what is rare comes once in every deck and not only sooner or later.
 */
final class Deck {

  private final List<Operation> cards;
  private final long seed;

  Deck(boolean deletes, long seed) {
    this.cards = Operation.cards(deletes);
    this.seed = seed;
  }

  Operation card(long position) {
    long deck = position / cards.size();
    Permutation shuffled = new Permutation(cards.size(), new Draw(seed, Stream.DECK, deck).next());
    return cards.get((int) shuffled.at(position % cards.size()));
  }
}
