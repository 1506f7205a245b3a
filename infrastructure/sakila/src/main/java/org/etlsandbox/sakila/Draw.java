package org.etlsandbox.sakila;

import java.util.List;

/**
 * Random numbers that depend on nothing but the seed, a stream and an index, so that any row can be
 * computed alone, in any order, with the same result on every machine.
 *
 * <p>SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014),
 * written out because {@code SplittableRandom} does not promise its sequence between releases.
 */
final class Draw {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  Draw(long seed, long stream, long index) {
    state = mix(mix(seed + GOLDEN_GAMMA * (stream + 1)) + GOLDEN_GAMMA * index);
  }

  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A number from 0 to {@code bound} - 1. */
  int below(int bound) {
    return (int) below((long) bound);
  }

  /** A number from 0 to {@code bound} - 1; the bias is far below what anybody here could see. */
  long below(long bound) {
    return (next() >>> 1) % bound;
  }

  boolean chance(int perThousand) {
    return below(1000) < perThousand;
  }

  <T> T oneOf(List<T> values) {
    return values.get(below(values.size()));
  }
}
