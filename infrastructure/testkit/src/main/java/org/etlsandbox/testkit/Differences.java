package org.etlsandbox.testkit;

import java.time.LocalDateTime;

/**
 * What an engine, by its nature, does differently. Declared by the leaf and asserted by the
 * contract, never skipped: an engine that declares a difference it does not have fails too.
 *
 * @param refusesNul the engine has no NUL (U+0000) in texts, so such rows are refused
 * @param earliest the first moment that the engine can hold
 * @param latest the last moment that the engine can hold
 */
public record Differences(boolean refusesNul, LocalDateTime earliest, LocalDateTime latest) {

  /** The range of a DATETIME in Jupiter. */
  public static final Differences NONE =
      new Differences(
          false, LocalDateTime.of(1000, 1, 1, 0, 0, 0), LocalDateTime.of(9999, 12, 31, 23, 59, 59));

  public Differences refusingNul() {
    return new Differences(true, earliest, latest);
  }

  public Differences datesBetween(LocalDateTime first, LocalDateTime last) {
    return new Differences(refusesNul, first, last);
  }
}
