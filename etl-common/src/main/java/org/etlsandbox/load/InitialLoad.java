package org.etlsandbox.load;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.control.RunLedger;
import org.etlsandbox.control.WorkerRegister;
import org.etlsandbox.control.WorkerRegister.LoadState;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Fills a destination for the first time. The watermark from which polling will take over is fixed
 * before the first range is read, so nothing that changes meanwhile is missed.
 */
public final class InitialLoad {

  /** Rentals that are read from one snapshot: seconds of reading. */
  private static final int BLOCK_SIZE = 2_500_000;

  private final Source source;
  private final Destination destination;
  private final WorkerRegister register;
  private final RunLedger ledger;
  private final int rangeSize;

  public InitialLoad(
      Source source,
      Destination destination,
      WorkerRegister register,
      RunLedger ledger,
      int rangeSize) {
    this.source = source;
    this.destination = destination;
    this.register = register;
    this.ledger = ledger;
    this.rangeSize = rangeSize;
  }

  /**
   * What of the load of this destination is still to be done: begins it where it has not begun.
   *
   * @param settled gives a settled moment of Jupiter's clock; asked only when the load begins
   * @return null when the destination is loaded
   */
  public @Nullable LoadPlan remainder(UUID incarnation, long epoch, Supplier<Instant> settled) {
    LoadState state = register.loadOf(incarnation);
    if (state == null) {
      Boundary.LOAD_BEGUN.reached();
      Instant watermark = settled.get();
      long to;
      try (SourceSnapshot snapshot = source.snapshot()) {
        // Rentals that only the destination has are tombstoned by the last range
        to = Math.max(snapshot.maxRentalId(), destination.maxRentalId());
      }
      register.beginLoad(incarnation, to, watermark, epoch);
      Boundary.LOAD_RECORDED.reached();
      state = new LoadState(to, false);
    }
    if (state.loaded()) {
      return null;
    }
    Boundary.LOAD_PLANNED.reached();
    return new LoadPlan(ledger.loadedRanges(), state.loadTo(), rangeSize, BLOCK_SIZE);
  }
}
