package org.etlsandbox.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.etlsandbox.change.PollResult;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.quarantine.Quarantine;

/** The {@code etl.*} meters of a worker. */
final class WorkerMeters {

  private final MeterRegistry registry;

  WorkerMeters(MeterRegistry registry, WorkerStatus status, Quarantine quarantine) {
    this.registry = registry;
    Gauge.builder("etl.behind", status, WorkerMeters::behindSeconds)
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
  }

  void polled(PollResult result, long nanos) {
    Timer.builder("etl.poll")
        .tag("moved", Boolean.toString(result.moved()))
        .description("Completed polls")
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  void wrote(RefreshResult result) {
    written("inserted", result.inserted());
    written("updated", result.updated());
    written("tombstoned", result.tombstoned());
    written("unchanged", result.unchanged());
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
    Counter.builder("etl.failures")
        .tag("kind", kind.name().toLowerCase(Locale.ROOT))
        .description("Sessions ended by a failure")
        .register(registry)
        .increment();
  }

  private void written(String outcome, long rows) {
    Counter.builder("etl.refreshed.rows")
        .tag("outcome", outcome)
        .description("Rows refreshed, by what became of them")
        .register(registry)
        .increment(rows);
  }

  private static double behindSeconds(WorkerStatus status) {
    Duration behind = status.behind();
    return behind == null ? Double.NaN : behind.toMillis() / 1000.0;
  }
}
