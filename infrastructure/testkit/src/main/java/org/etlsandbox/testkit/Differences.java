package org.etlsandbox.testkit;

import java.time.LocalDateTime;

/**
 * What an engine, by its nature, does differently. Declared by the leaf and asserted by the
 * contract, never skipped: an engine that declares a difference it does not have fails too.
 *
 * @param refusesNul the engine has no NUL (U+0000) in texts, so such rows are refused
 * @param earliest the first moment that the engine can hold
 * @param latest the last moment that the engine can hold
 * @param fencesRunningWrites whether raising the fence waits for, or refuses, a write that has
 *     already begun; false where the engine has no transactions, and only the lease is checked
 */
public record Differences(
    boolean refusesNul, LocalDateTime earliest, LocalDateTime latest, boolean fencesRunningWrites) {

  /** The range of a DATETIME in Jupiter. */
  public static final Differences NONE =
      new Differences(
          false,
          LocalDateTime.of(1000, 1, 1, 0, 0, 0),
          LocalDateTime.of(9999, 12, 31, 23, 59, 59),
          true);

  public Differences refusingNul() {
    return new Differences(true, earliest, latest, fencesRunningWrites);
  }

  public Differences datesBetween(LocalDateTime first, LocalDateTime last) {
    return new Differences(refusesNul, first, last, fencesRunningWrites);
  }

  public Differences fencingByLeaseOnly() {
    return new Differences(refusesNul, earliest, latest, false);
  }
}
