package org.etlsandbox.stack.plan;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options that a running stack was started with; holds no secret.
 *
 * @param external addresses of the user's servers, by store
 */
public record RunningOptions(
    long rentals,
    long seed,
    JupiterKind jupiter,
    int churn,
    boolean churnDeletes,
    Duration churnFor,
    boolean processes,
    int portBase,
    Map<String, String> external) {

  public static RunningOptions of(StackOptions options) {
    Map<String, String> external = new TreeMap<>();
    options.external().forEach((store, server) -> external.put(store.key(), server.safeUrl()));
    return new RunningOptions(
        options.rentals(),
        options.seed(),
        options.jupiter(),
        options.churn(),
        options.churnDeletes(),
        options.churnFor(),
        options.processes(),
        options.portBase(),
        external);
  }
}
