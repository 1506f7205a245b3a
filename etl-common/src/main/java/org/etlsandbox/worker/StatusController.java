package org.etlsandbox.worker;

import java.time.Duration;
import java.util.List;
import org.etlsandbox.quarantine.Quarantine;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells how the worker is doing. Answers from memory: asking costs the databases nothing. */
@RestController
class StatusController {

  static final String PATH = "/api/v1/status";

  private final String worker;
  private final EtlProperties.DestinationDatabase destination;
  private final boolean standIn;
  private final WorkerStatus status;
  private final Quarantine quarantine;

  StatusController(
      String worker,
      EtlProperties.DestinationDatabase destination,
      boolean standIn,
      WorkerStatus status,
      Quarantine quarantine) {
    this.worker = worker;
    this.destination = destination;
    this.standIn = standIn;
    this.status = status;
    this.quarantine = quarantine;
  }

  @GetMapping(PATH)
  Answer status() {
    Duration behind = status.behind();
    Duration swept = status.sinceSweep();
    long quarantined = quarantine.size(); // before the rows, which change first
    Circuit.View circuit = status.circuit().view();
    Duration next = circuit.nextAttempt();
    return new Answer(
        worker,
        destination.name(),
        status.engine(),
        destination.product(),
        standIn,
        status.source(),
        status.rows(),
        status.inStep(),
        behind == null ? null : seconds(behind),
        seconds(status.heldFor()),
        status.heldBy(),
        quarantined,
        status.state().word(),
        status.error(),
        circuit.state().word(),
        seconds(circuit.since()),
        circuit.failures(),
        next == null ? null : seconds(next),
        status.isLoaded(),
        status.loadedTo(),
        status.loadTo(),
        Math.round(status.rowsPerSecond() * 10) / 10.0,
        status.refreshing(),
        swept == null ? null : seconds(swept),
        status.sweepFound(),
        status.hints());
  }

  private static double seconds(Duration duration) {
    return Math.round(duration.toMillis() / 100.0) / 10.0;
  }

  /**
   * @param engine product and version, null before the first connection
   * @param meantFor the product that the destination is meant to be
   * @param standIn whether another product stands in for it
   * @param source product and version of Jupiter, null before the first connection
   * @param rows live rows, without tombstones
   * @param inStep loaded, and the last completed poll began no longer ago than the poll interval
   *     and 10 s
   * @param behindSeconds since the last completed poll began; null before the first
   * @param heldSince how long an open transaction has held the watermark, in seconds
   * @param heldBy what holds it, or null
   * @param quarantined rentals that could not be copied exactly
   * @param error what is wrong, or null
   * @param circuit closed, open or half_open
   * @param circuitSeconds since when
   * @param failuresInARow sessions that have failed since the circuit was closed
   * @param nextAttemptSeconds until the next session is tried; null unless open
   * @param loaded the destination has everything that the initial load reads; following begins
   * @param loadedTo the rental id that the initial load has reached
   * @param loadTo the rental id at which it ends
   * @param rowsPerSecond rows written, over the last ten seconds
   * @param refreshing rentals that the poll or the repair under way has refreshed so far, 0 when
   *     none is
   * @param sweptSeconds since a sweep has last compared all keys; null before the first time
   * @param sweepFound rentals that sweeps have found to differ, since the process began
   * @param hints what would make polling better
   */
  record Answer(
      String worker,
      String destination,
      @Nullable String engine,
      String meantFor,
      boolean standIn,
      @Nullable String source,
      long rows,
      boolean inStep,
      @Nullable Double behindSeconds,
      double heldBySeconds,
      @Nullable String heldBy,
      long quarantined,
      String state,
      @Nullable String error,
      String circuit,
      double circuitSeconds,
      int failuresInARow,
      @Nullable Double nextAttemptSeconds,
      boolean loaded,
      long loadedTo,
      long loadTo,
      double rowsPerSecond,
      long refreshing,
      @Nullable Double sweptSeconds,
      long sweepFound,
      List<String> hints) {}
}
