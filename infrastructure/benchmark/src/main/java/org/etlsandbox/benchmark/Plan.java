package org.etlsandbox.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How much is measured.
 *
 * @param rounds of all that is compared, in turn
 * @param ways to load PostgreSQL
 * @param smallRentals in the shop that shows what depends on the size
 * @param rates in changes a second
 * @param rateTime how long changes come at each rate, after a warm-up of a sixth of it
 * @param idleTime how long idle polls are watched, after a warm-up of the same length
 * @param quick whether a part may leave out what another part has shown to run
 */
record Plan(
    int rounds,
    Set<String> ways,
    long smallRentals,
    List<Integer> rates,
    Duration rateTime,
    Duration idleTime,
    boolean quick) {

  static Plan full(int rounds, Set<String> ways) {
    return new Plan(
        rounds,
        ways,
        20_000,
        List.of(10, 200, 1_000),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        false);
  }

  /** Shows that everything runs; the figures mean little. */
  static Plan quick(int rounds, Set<String> ways) {
    return new Plan(
        rounds,
        ways,
        5_000,
        List.of(10, 200, 1_000),
        Duration.ofSeconds(3),
        Duration.ofSeconds(3),
        true);
  }
}
