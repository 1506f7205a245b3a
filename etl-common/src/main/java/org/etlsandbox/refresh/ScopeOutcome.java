package org.etlsandbox.refresh;

import java.util.Map;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.flat.RefreshScope;

/**
 * A scope that its destination has committed.
 *
 * @param rentals how many rentals of the scope had rows in Jupiter
 * @param refused rentals that could not be copied exactly → reason; the destination holds nothing
 *     live of them
 */
public record ScopeOutcome(
    RefreshScope scope,
    long rowVersion,
    RefreshResult result,
    long rentals,
    Map<Long, String> refused) {

  public ScopeOutcome {
    refused = Map.copyOf(refused);
  }
}
