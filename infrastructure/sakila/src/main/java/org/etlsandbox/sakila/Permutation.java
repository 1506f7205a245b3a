package org.etlsandbox.sakila;

/**
 * A seeded permutation of 0 … size - 1 that needs no memory.
 *
 * <p>A four-round Feistel network over the next power of four, walked until the result falls into
 * the range (Black and Rogaway: "Ciphers with arbitrary finite domains", 2002). Fewer than four
 * steps on average.
 */
final class Permutation {

  private static final int ROUNDS = 4;

  private final long size;
  private final long key;
  private final int halfBits;
  private final long halfMask;

  Permutation(long size, long key) {
    this.size = size;
    this.key = Draw.mix(key);
    this.halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(Math.max(1, size - 1))) / 2);
    this.halfMask = (1L << halfBits) - 1;
  }

  long at(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " is not within 0 and " + (size - 1));
    }
    long value = index;
    do {
      value = feistel(value);
    } while (value >= size);
    return value;
  }

  private long feistel(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      long mixed = left ^ (Draw.mix(key + right * ROUNDS + round) & halfMask);
      left = right;
      right = mixed;
    }
    return (left << halfBits) | right;
  }
}
