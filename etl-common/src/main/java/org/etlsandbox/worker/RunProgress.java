package org.etlsandbox.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.control.RunKind;
import org.etlsandbox.control.RunLedger;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.quarantine.Quarantine;
import org.etlsandbox.refresh.RefusalLimit;
import org.etlsandbox.refresh.ScopeOutcome;
import org.etlsandbox.trace.LogFields;
import org.etlsandbox.trace.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Records what a run has done, scope by scope, after the destination has committed it. */
final class RunProgress {

  private static final Logger log = LoggerFactory.getLogger(RunProgress.class);

  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final RunLedger.Run run;
  private final RunLedger ledger;
  private final Quarantine quarantine;
  private final WorkerStatus status;
  private final WorkerMeters meters;
  private final long started = System.nanoTime();
  private long told = started;
  private RefreshResult total = RefreshResult.NOTHING;
  private long rentals;
  private long refused;
  private long newlyRefused;
  private final QuarantineLines quarantined = new QuarantineLines();

  RunProgress(
      RunLedger.Run run,
      RunLedger ledger,
      Quarantine quarantine,
      WorkerStatus status,
      WorkerMeters meters) {
    this.run = run;
    this.ledger = ledger;
    this.quarantine = quarantine;
    this.status = status;
    this.meters = meters;
  }

  /**
   * @throws StoreException when the run has refused so many rentals that none of these outcomes is
   *     recorded: their scopes are refreshed again after the next start
   */
  void record(List<ScopeOutcome> outcomes) {
    Boundary.CHUNK_COMMITTED.reached();
    // The row count first: who sees a rental in quarantine must not find its rows still counted
    for (ScopeOutcome outcome : outcomes) {
      total = total.plus(outcome.result());
      rentals += outcome.rentals();
      refused += outcome.refused().size();
      newlyRefused += quarantine.countNew(outcome.refused().keySet());
      status.wrote(outcome.result());
      meters.wrote(outcome.result());
      meters.refreshed(outcome.rentals());
      meters.refused(outcome.refused().size());
    }
    refuseMassQuarantine(outcomes);
    tell();
    for (ScopeOutcome outcome : outcomes) {
      quarantined.tell(quarantine.record(outcome.scope(), outcome.refused()));
    }
    Boundary.QUARANTINE_RECORDED.reached();
    ledger.record(run, outcomes);
    for (ScopeOutcome outcome : outcomes) {
      if (run.kind() == RunKind.LOAD && outcome.scope() instanceof RefreshScope.Range range) {
        status.loadedTo(range.to());
      }
    }
  }

  /** A rename may concern millions of rentals: whoever waits for them wants to see them go. */
  private void tell() {
    if (run.kind() != RunKind.LOAD) {
      status.refreshed(rentals);
    }
    long now = System.nanoTime();
    if (now - told >= TELL_EVERY.toNanos()) {
      told = now;
      log.info("Run {} ({}): {} rentals so far", run.id(), run.kind().word(), rentals);
    }
  }

  /**
   * To be called once, whether the run has succeeded or failed.
   *
   * @param cycle is told what the run has done; null where there is none
   */
  void end(@Nullable Step cycle) {
    status.refreshed(0);
    quarantined.end();
    if (cycle != null) {
      cycle.tell(LogFields.RUN, run.id());
      TracedScopes.tell(cycle, total, rentals, refused);
    }
  }

  void finish() {
    if (run.kind() != RunKind.LOAD && total.written() == 0 && refused == 0) {
      ledger.discard(run);
      Boundary.RUN_FINISHED.reached();
      summary(Level.DEBUG, " had nothing to write");
      return;
    }
    ledger.finish(run, null);
    Boundary.RUN_FINISHED.reached();
    summary(Level.INFO, "");
  }

  /** What was done until then; why it failed is told by the one who decides how to go on. */
  void failed(RuntimeException failure) {
    summary(Level.INFO, failure instanceof CancellationException ? " was stopped" : " has failed");
  }

  private void summary(Level level, String ending) {
    log.atLevel(level)
        .addKeyValue("etl.kind", run.kind().word())
        .addKeyValue("etl.rentals", rentals)
        .addKeyValue("etl.quarantined", refused)
        .addKeyValue("etl.read", total.read())
        .addKeyValue("etl.inserted", total.inserted())
        .addKeyValue("etl.updated", total.updated())
        .addKeyValue("etl.tombstoned", total.tombstoned())
        .addKeyValue("etl.unchanged", total.unchanged())
        .addKeyValue("etl.ms", (System.nanoTime() - started) / 1_000_000)
        .log(
            "Run {} ({}){}: {} rentals, {} rows read, {} inserted, {} updated, {} tombstoned, {} unchanged,"
                + " {} rentals quarantined, {} ms",
            run.id(),
            run.kind().word(),
            ending,
            rentals,
            total.read(),
            total.inserted(),
            total.updated(),
            total.tombstoned(),
            total.unchanged(),
            refused,
            (System.nanoTime() - started) / 1_000_000);
  }

  private void refuseMassQuarantine(List<ScopeOutcome> outcomes) {
    if (RefusalLimit.isExceeded(newlyRefused, rentals)) {
      throw new StoreException(
          Kind.PERMANENT,
          ("Run %d would quarantine %d of %d rentals, more than 1 %%: the destination or its adapter"
                  + " refuses what it should take. Put it right, then start the worker again. One of the"
                  + " reasons: %s")
              .formatted(
                  run.id(),
                  newlyRefused,
                  rentals,
                  outcomes.stream()
                      .flatMap(outcome -> outcome.refused().values().stream())
                      .findFirst()
                      .orElse("none")));
    }
  }
}
