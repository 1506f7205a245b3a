package org.etlsandbox.stack.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that decides what a stack runs.
 *
 * @param dataDirectory absolute
 * @param rentals in a newly seeded Jupiter
 * @param churn source transactions a second; 0 = none
 * @param churnDeletes whether the churn deletes rows, which only a sweep can bring across
 * @param churnFor how long the churn lasts; zero = as long as the stack runs
 * @param processes a JVM for each service instead of one for all
 * @param portBase the first service listens one above
 * @param external the servers that replace embedded ones
 */
public record StackOptions(
    Path dataDirectory,
    long rentals,
    long seed,
    JupiterKind jupiter,
    int churn,
    boolean churnDeletes,
    Duration churnFor,
    boolean processes,
    int portBase,
    Map<Store, ExternalServer> external) {

  public static final long DEFAULT_RENTALS = 16_000;
  public static final long DEFAULT_SEED = 1;

  public boolean isExternal(Store store) {
    return external.containsKey(store);
  }
}
