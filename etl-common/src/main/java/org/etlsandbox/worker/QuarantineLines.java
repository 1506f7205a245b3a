package org.etlsandbox.worker;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the rentals that a run puts into quarantine: the first by name, the others as a number.
 */
final class QuarantineLines {

  private static final Logger log = LoggerFactory.getLogger(QuarantineLines.class);

  private static final int LINES = 20;

  private long told;
  private long untold;

  /**
   * @param added rental id → reason, of rentals that were not in quarantine before
   */
  void tell(Map<Long, String> added) {
    added.forEach((rental, reason) -> {
      if (told < LINES) {
        told++;
        log.warn("Rental {} is quarantined: {}", rental, reason);
      } else {
        untold++;
      }
    });
  }

  /** At the end of the run. */
  void end() {
    if (untold > 0) {
      log.warn(
          "{} more rentals are quarantined; all of them are in the table quarantine of the control database",
          untold);
    }
  }
}
