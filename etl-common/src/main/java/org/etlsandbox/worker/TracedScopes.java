package org.etlsandbox.worker;

import java.util.function.Function;
import java.util.function.Supplier;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.refresh.ScopeOutcome;
import org.etlsandbox.trace.LogFields;
import org.etlsandbox.trace.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Makes each scope of a run a step of its own, and names run and destination in the log lines of
 * the threads that refresh.
 */
final class TracedScopes implements Function<RefreshScope, ScopeOutcome> {

  private static final Logger log = LoggerFactory.getLogger(TracedScopes.class);

  private final long run;
  private final String destination;
  private final Supplier<Step> steps;
  private final Function<RefreshScope, ScopeOutcome> refresh;

  TracedScopes(
      long run,
      String destination,
      Supplier<Step> steps,
      Function<RefreshScope, ScopeOutcome> refresh) {
    this.run = run;
    this.destination = destination;
    this.steps = steps;
    this.refresh = refresh;
  }

  @Override
  public ScopeOutcome apply(RefreshScope scope) {
    try (MDC.MDCCloseable where = MDC.putCloseable(LogFields.DESTINATION, destination);
        MDC.MDCCloseable what = MDC.putCloseable(LogFields.RUN, Long.toString(run))) {
      Step step = steps.get();
      return step.of(() -> {
        step.tell(LogFields.DESTINATION, destination).tell(LogFields.RUN, run);
        tell(step, scope);
        ScopeOutcome outcome = refresh.apply(scope);
        log.debug("Refreshed {}: {}", scope, outcome.result());
        tell(step, outcome.result(), outcome.rentals(), outcome.refused().size());
        return outcome;
      });
    }
  }

  private static void tell(Step step, RefreshScope scope) {
    switch (scope) {
      case RefreshScope.Range(long from, long to) ->
          step.tell("etl.scope", "range").tell("etl.scope.from", from).tell("etl.scope.to", to);
      case RefreshScope.Rentals rentals ->
          step.tell("etl.scope", "rentals").tell("etl.scope.size", rentals.size());
    }
  }

  static void tell(Step step, RefreshResult result, long rentals, long quarantined) {
    step.tell("etl.rentals", rentals)
        .tell("etl.rentals.quarantined", quarantined)
        .tell("etl.rows.read", result.read())
        .tell("etl.rows.inserted", result.inserted())
        .tell("etl.rows.updated", result.updated())
        .tell("etl.rows.tombstoned", result.tombstoned())
        .tell("etl.rows.unchanged", result.unchanged());
  }
}
