package org.etlsandbox.stack.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of {@code up} asked for; null where nothing was said, which then means what the
 * data directory remembers, or else the default.
 */
public record UpRequest(
    Path dataDirectory,
    @Nullable Long rentals,
    @Nullable Long seed,
    @Nullable String jupiter,
    @Nullable Integer churn,
    boolean churnDeletes,
    @Nullable Duration churnFor,
    boolean processes,
    @Nullable Integer portBase,
    Map<Store, ExternalServer> external) {

  private static final int CHURN_MAX = 10_000;
  private static final long RENTALS_MAX = 10_000_000;
  private static final int PORT_BASE_MIN = 1024;

  // why: leaves room for six services and their management ports below 65536
  private static final int PORT_BASE_MAX = 64_000;

  /**
   * @throws StackFailure if a number is out of range or if two wishes exclude each other
   */
  public UpRequest {
    within("--rentals", rentals, 1, RENTALS_MAX);
    within("--churn", churn, 0, CHURN_MAX);
    within("--port-base", portBase, PORT_BASE_MIN, PORT_BASE_MAX);
    if (jupiter != null) {
      JupiterKind.embedded(jupiter);
    }
    if ((churnDeletes || churnFor != null) && (churn == null || churn == 0)) {
      throw StackFailure.usage(
          "%s without --churn has nothing to act on: add --churn N, e.g. --churn 10."
              .formatted(churnDeletes ? "--churn-deletes" : "--churn-for"));
    }
    if (external.containsKey(Store.JUPITER)) {
      refuseWithJupiterUrl("--rentals", rentals, "only an embedded Jupiter is seeded");
      refuseWithJupiterUrl("--seed", seed, "only an embedded Jupiter is seeded");
      refuseWithJupiterUrl("--jupiter", jupiter, "it chooses an embedded Jupiter");
      if (churn != null && churn > 0) {
        refuseWithJupiterUrl("--churn", churn, "it would write into your server");
      }
    }
  }

  private static void within(String option, @Nullable Number value, long least, long most) {
    if (value != null && (value.longValue() < least || value.longValue() > most)) {
      throw StackFailure.usage(
          "%s is %s, but must be from %d to %d.".formatted(option, value, least, most));
    }
  }

  private static void refuseWithJupiterUrl(String option, @Nullable Object value, String why) {
    if (value != null) {
      throw StackFailure.usage(
          "%s %s does not go with JUPITER_URL (%s): leave one of them out."
              .formatted(option, value, why));
    }
  }

  /** What serves as Jupiter, if the request says so. */
  public @Nullable JupiterKind jupiterKind() {
    if (external.containsKey(Store.JUPITER)) {
      return JupiterKind.EXTERNAL;
    }
    return jupiter == null ? null : JupiterKind.embedded(jupiter);
  }
}
