package org.etlsandbox.sakila;

/**
 * How much there is of everything for a number of rentals, and which row has which id.
 *
 * <p>All in closed form: no list of ids is kept, so the memory does not depend on the size. Rentals
 * and payments come in blocks of {@value #BLOCK} rentals within which the shares are exact.
 */
final class SakilaShape {

  /** Rentals in a block; only the last block can have fewer. */
  static final int BLOCK = 1000;

  private static final int NONE_PERCENT = 3;
  private static final int SECOND_PERCENT = 8;
  private static final int THIRD_PERCENT = 1;

  /** Ids are in runs of this many rentals with a small gap somewhere within … */
  private static final int RUN = 100;

  private static final int GAP = 4;

  /** … and a big gap between stretches of this many rentals. */
  private static final int STRETCH = 10_000;

  private static final int BIG_GAP = 1_000;

  private static final int REFERENCE_RENTALS = 16_000;

  private final long seed;
  private final long rentals;
  private final long paymentsOfRentals;
  private final Permutation paymentOrder;

  SakilaShape(long rentals, long seed) {
    this.rentals = rentals;
    this.seed = seed;
    this.paymentsOfRentals =
        rentals / BLOCK * paymentsOf(BLOCK) + paymentsOf((int) (rentals % BLOCK));
    this.paymentOrder = new Permutation(payments(), new Draw(seed, Stream.PAYMENT_ORDER, 0).next());
  }

  long rentals() {
    return rentals;
  }

  /** Payments with and without a rental; their ids are 1 to this. */
  long payments() {
    return paymentsOfRentals + (rentals + 199) / 200;
  }

  int customers() {
    return scaled(599, 0.5, 20);
  }

  int films() {
    return scaled(1000, 0.3, 50);
  }

  int inventory() {
    return scaled(4581, 0.5, 100);
  }

  // StrictMath: the same on every machine, which Math.pow does not promise.
  private int scaled(int atReference, double exponent, int least) {
    double factor = StrictMath.pow((double) rentals / REFERENCE_RENTALS, exponent);
    return (int) Math.max(least, StrictMath.rint(atReference * factor));
  }

  /** The id of the {@code index}-th rental; grows with the index, with gaps. */
  long rentalId(long index) {
    long run = index / RUN;
    long within = index % RUN;
    int gapAt = new Draw(seed, Stream.RENTAL_GAP, run).below(RUN);
    return 1 + run * (RUN + GAP) + within + (within >= gapAt ? GAP : 0) + index / STRETCH * BIG_GAP;
  }

  /**
   * The index of the rental that the payment with this id pays, or -1 for a payment without a
   * rental. Neighbouring payment ids belong to rentals that are far apart.
   */
  long rentalOfPayment(long paymentId) {
    long ordinal = paymentOrder.at(paymentId - 1);
    if (ordinal >= paymentsOfRentals) {
      return -1;
    }
    long block = ordinal / paymentsOf(BLOCK);
    int slot = (int) (ordinal % paymentsOf(BLOCK));
    int size = (int) Math.min(BLOCK, rentals - block * BLOCK);
    Permutation order = new Permutation(size, new Draw(seed, Stream.BLOCK, block).next());
    return block * BLOCK + order.at(placeOfSlot(slot, size));
  }

  // The slots of a block: one payment for each rental that has any, then the second payments, then
  // the third ones.
  private static int placeOfSlot(int slot, int size) {
    int firsts = size - size * NONE_PERCENT / 100;
    int seconds = size * SECOND_PERCENT / 100;
    if (slot < firsts) {
      return slot;
    }
    return slot < firsts + seconds ? slot - firsts : slot - firsts - seconds;
  }

  private static int paymentsOf(int blockSize) {
    return blockSize
        - blockSize * NONE_PERCENT / 100
        + blockSize * SECOND_PERCENT / 100
        + blockSize * THIRD_PERCENT / 100;
  }

  /** Streams of random numbers: one for each purpose, so that none depends on another. */
  static final class Stream {
    static final int PAYMENT_ORDER = 1;
    static final int BLOCK = 2;
    static final int RENTAL_GAP = 3;
    static final int RENTAL = 4;
    static final int PAYMENT = 5;
    static final int CUSTOMER = 6;
    static final int FILM = 7;
    static final int FILM_CATEGORY = 8;
    static final int INVENTORY = 9;
    static final int LAST_UPDATE = 10;
    static final int TRANSACTION = 11;
    static final int DECK = 12;
    static final int OUTCOME = 13;

    private Stream() {}
  }
}
