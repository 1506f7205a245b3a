package org.etlsandbox.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.etlsandbox.change.PollPhases;
import org.etlsandbox.change.PollResult;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.quarantine.Quarantine;
import org.jspecify.annotations.Nullable;

/** The {@code etl.*} meters of a worker. */
final class WorkerMeters {

  /** The parts of a cycle; a refresh reads and writes at the same time, so that is one part. */
  private enum Phase {
    SETTLE,
    ASK,
    REFRESH,
    CHECKPOINT,
    SWEEP
  }

  private final MeterRegistry registry;
  private final DistributionSummary batches;

  WorkerMeters(MeterRegistry registry, WorkerStatus status, Quarantine quarantine) {
    this.registry = registry;
    Gauge.builder("etl.behind", status, s -> secondsOrNaN(s.behind()))
        .baseUnit("seconds")
        .description("Since the last completed poll began")
        .register(registry);
    Gauge.builder("etl.held", status, s -> s.heldFor().toMillis() / 1000.0)
        .baseUnit("seconds")
        .description("How long an open transaction has held the watermark")
        .register(registry);
    Gauge.builder("etl.in.step", status, s -> s.inStep() ? 1 : 0)
        .description("1 when loaded and nothing was left unprocessed by the last poll")
        .register(registry);
    Gauge.builder("etl.loaded", status, s -> s.isLoaded() ? 1 : 0)
        .description("1 when the initial load is done")
        .register(registry);
    Gauge.builder("etl.load.reached", status, WorkerStatus::loadedTo)
        .description("The rental id that the initial load has reached")
        .register(registry);
    Gauge.builder("etl.load.end", status, WorkerStatus::loadTo)
        .description("The rental id at which the initial load ends, 0 when none was needed")
        .register(registry);
    Gauge.builder("etl.refreshing.rentals", status, WorkerStatus::refreshing)
        .description("Rentals that the poll or the repair under way has refreshed so far")
        .register(registry);
    Gauge.builder("etl.swept", status, s -> secondsOrNaN(s.sinceSweep()))
        .baseUnit("seconds")
        .description("Since a sweep has last compared all keys")
        .register(registry);
    FunctionCounter.builder("etl.sweep.differing.rentals", status, WorkerStatus::sweepFound)
        .description("Rentals that sweeps have found to differ")
        .register(registry);
    Gauge.builder("etl.rows", status, WorkerStatus::rows)
        .description("Live rows in the destination")
        .register(registry);
    Gauge.builder("etl.quarantined", quarantine, Quarantine::size)
        .description("Rentals in quarantine")
        .register(registry);
    Gauge.builder("etl.failures.in.a.row", status, s -> s.circuit().view().failures())
        .description("Sessions that have failed since the circuit was closed")
        .register(registry);
    for (Circuit.State state : Circuit.State.values()) {
      Gauge.builder("etl.circuit", status, s -> s.circuit().view().state() == state ? 1 : 0)
          .tag("state", state.word())
          .description("1 for the state that the circuit is in")
          .register(registry);
    }
    for (WorkerState state : WorkerState.values()) {
      Gauge.builder("etl.state", status, s -> s.state() == state ? 1 : 0)
          .tag("state", state.word())
          .description("1 for the state that the worker is in")
          .register(registry);
    }
    batches =
        DistributionSummary.builder("etl.batch.rentals")
            .description("Rentals that were refreshed together")
            .register(registry);
    begin();
  }

  /**
   * A counter that appears with its first event hides that event: what was not there before has not
   * grown.
   */
  private void begin() {
    for (boolean moved : new boolean[] {false, true}) {
      poll(moved);
    }
    for (Phase phase : Phase.values()) {
      phase(phase);
    }
    wrote(RefreshResult.NOTHING);
    purged(0);
    refused(0);
    for (StoreException.Kind kind : StoreException.Kind.values()) {
      failures(kind);
    }
  }

  void polled(PollResult result, long nanos) {
    poll(result.moved()).record(nanos, TimeUnit.NANOSECONDS);
    PollPhases took = result.phases();
    phase(Phase.SETTLE).record(took.settle());
    phase(Phase.ASK).record(took.ask());
    phase(Phase.REFRESH).record(took.refresh());
    phase(Phase.CHECKPOINT).record(took.checkpoint());
  }

  /** What the sweep has done between two polls. */
  void compared(Duration took) {
    phase(Phase.SWEEP).record(took);
  }

  private Timer poll(boolean moved) {
    return Timer.builder("etl.poll")
        .tag("moved", Boolean.toString(moved))
        .description("Completed polls")
        .register(registry);
  }

  private Timer phase(Phase phase) {
    return Timer.builder("etl.cycle")
        .tag("phase", phase.name().toLowerCase(Locale.ROOT))
        .description("Where the time of completed polls and of the steps of sweeps goes")
        .register(registry);
  }

  void wrote(RefreshResult result) {
    written("inserted", result.inserted());
    written("updated", result.updated());
    written("tombstoned", result.tombstoned());
    written("unchanged", result.unchanged());
  }

  /** So many rentals were written in one go. */
  void refreshed(long rentals) {
    batches.record(rentals);
  }

  void purged(long tombstones) {
    Counter.builder("etl.purged.rows")
        .description("Tombstones deleted for good (etl.deletes=hard)")
        .register(registry)
        .increment(tombstones);
  }

  /** Each time that a rental is refused, also one that has been refused before. */
  void refused(long rentals) {
    Counter.builder("etl.refused.rentals")
        .description("Rentals that could not be copied exactly, counted at each try")
        .register(registry)
        .increment(rentals);
  }

  void failed(StoreException.Kind kind) {
    failures(kind).increment();
  }

  private Counter failures(StoreException.Kind kind) {
    return Counter.builder("etl.failures")
        .tag("kind", kind.name().toLowerCase(Locale.ROOT))
        .description("Sessions ended by a failure")
        .register(registry);
  }

  private void written(String outcome, long rows) {
    Counter.builder("etl.refreshed.rows")
        .tag("outcome", outcome)
        .description("Rows refreshed, by what became of them")
        .register(registry)
        .increment(rows);
  }

  private static double secondsOrNaN(@Nullable Duration duration) {
    return duration == null ? Double.NaN : duration.toMillis() / 1000.0;
  }
}
