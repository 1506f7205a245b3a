package org.etlsandbox.soak.commits;

import java.time.Duration;
import java.util.List;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.JupiterChoice;

/**
 * What is tried.
 *
 * @param transactions how many the writers begin, 1 or more
 * @param writers how many write at the same time
 * @param destinations which workers run
 * @param seed of the random choices; which rows they meet depends on timing, too
 * @param rentals in Jupiter at the beginning
 * @param latePerThousand transactions of a thousand that wait for up to {@code longestWait} before
 *     they end; the others wait for up to 50 ms
 * @param pollInterval pause of a worker between two polls
 */
public record Trial(
    JupiterChoice jupiter,
    int transactions,
    int writers,
    List<DestinationChoice> destinations,
    long seed,
    int rentals,
    int latePerThousand,
    Duration longestWait,
    Duration pollInterval) {

  public Trial {
    destinations = List.copyOf(destinations);
  }
}
