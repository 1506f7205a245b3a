package org.etlsandbox.stack.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings together what was asked for and what is so already. */
public final class Agreement {

  private final UpRequest request;

  public Agreement(UpRequest request) {
    this.request = request;
  }

  /**
   * The options of a stack on a data directory that is made anew or was made before.
   *
   * @param known what was decided when it was made; null if it is new
   * @throws StackFailure if the request contradicts it
   */
  public StackOptions with(@Nullable Known known) {
    JupiterKind asked = request.jupiterKind();
    if (known != null) {
      refuseOther("--rentals", request.rentals(), known.rentals());
      refuseOther("--seed", request.seed(), known.seed());
      refuseOtherJupiter(asked == null ? JupiterKind.MARIADB : asked, asked != null, known);
    }
    return new StackOptions(
        request.dataDirectory(),
        known != null ? known.rentals() : or(request.rentals(), StackOptions.DEFAULT_RENTALS),
        known != null ? known.seed() : or(request.seed(), StackOptions.DEFAULT_SEED),
        known != null ? known.jupiter() : asked == null ? JupiterKind.MARIADB : asked,
        or(request.churn(), 0),
        request.churnDeletes(),
        or(request.churnFor(), Duration.ZERO),
        request.processes(),
        or(request.portBase(), Service.DEFAULT_PORT_BASE),
        request.external());
  }

  /** What a data directory was made for. */
  public record Known(Path directory, long rentals, long seed, JupiterKind jupiter) {}

  private void refuseOther(String option, @Nullable Long asked, long known) {
    if (asked != null && asked != known) {
      throw StackFailure.failed(
          "%s %d does not fit the data directory %s, which was made with %d: leave it out to go on, add --fresh to start over (deletes that directory), or name another one with --data-dir."
              .formatted(option, asked, request.dataDirectory(), known));
    }
  }

  private void refuseOtherJupiter(JupiterKind asked, boolean explicit, Known known) {
    boolean changed = explicit ? asked != known.jupiter() : known.jupiter() == JupiterKind.EXTERNAL;
    if (changed) {
      throw StackFailure.failed(
          "The data directory %s follows %s as Jupiter, not %s: change that back to go on, add --fresh to start over (deletes that directory), or name another one with --data-dir."
              .formatted(request.dataDirectory(), known.jupiter().inWords(), asked.inWords()));
    }
  }

  /**
   * Checks the request against a stack that runs already.
   *
   * @throws StackFailure if it asks for something else
   */
  public void requireSame(RunningOptions running, String again) {
    refuse("--rentals", request.rentals(), running.rentals(), again);
    refuse("--seed", request.seed(), running.seed(), again);
    refuse("--churn", request.churn(), running.churn(), again);
    refuse("--churn-for", request.churnFor(), running.churnFor(), again);
    refuse("--port-base", request.portBase(), running.portBase(), again);
    JupiterKind asked = request.jupiterKind();
    refuse("--jupiter", asked == null ? null : asked.key(), running.jupiter().key(), again);
    if (request.processes() && !running.processes()) {
      refuse("--processes", "on", "off", again);
    }
    if (request.churnDeletes() && !running.churnDeletes()) {
      refuse("--churn-deletes", "on", "off", again);
    }
    for (Store store : Store.values()) {
      ExternalServer server = request.external().get(store);
      refuse(
          store.variable(),
          server == null ? null : server.safeUrl(),
          running.external().getOrDefault(store.key(), "the embedded engine"),
          again);
    }
  }

  private static void refuse(String option, @Nullable Object asked, Object running, String again) {
    if (asked != null && !Objects.equals(asked.toString(), running.toString())) {
      throw StackFailure.failed(
          "The stack runs already, with %s %s instead of %s: './etl down%s' stops it, then start it as you want it."
              .formatted(option, running, asked, again));
    }
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
