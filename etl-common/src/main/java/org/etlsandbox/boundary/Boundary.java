package org.etlsandbox.boundary;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The moments of a cycle between which a process may die or be paused: before and after each read,
 * write, commit and checkpoint. Reaching one costs nothing where nobody listens.
 */
public enum Boundary {
  /** Another replica holds the lease. */
  LEASE_AWAITED,
  LEASE_ACQUIRED,
  EPOCH_DRAWN,
  FENCE_RAISED,
  VERSIONS_RAISED,

  /** A destination is to be loaded from nothing; nothing is recorded yet. */
  LOAD_BEGUN,
  /** The load's end, and the watermark from which polling takes over, are recorded. */
  LOAD_RECORDED,
  /** What a load under way has left to do is known. */
  LOAD_PLANNED,
  LOAD_FINISHED,

  POLL_BEGUN,
  SETTLED,
  SNAPSHOT_OPENED,
  CHANGES_READ,
  RENTALS_FOUND,
  /** The destination has all that the poll has found; no watermark has moved. */
  POLL_REFRESHED,
  /** In the control database's transaction. */
  CHECKPOINT_WRITTEN,
  CHECKPOINT_ADVANCED,

  SWEEP_BEGUN,
  SOURCE_KEYS_READ,
  SWEEP_COMPARED,
  SWEEP_ENDED,

  RUN_BEGUN,
  VERSION_DRAWN,
  FLATS_ASKED,
  FLATS_READ,
  /** The destination's own rows are read, where the comparison is not the server's. */
  STORED_READ,
  /** Lease or fence have admitted the write. */
  WRITE_ADMITTED,
  STAGING_WRITTEN,
  TOMBSTONES_WRITTEN,
  /** All rows are written, in a transaction that is open. */
  TABLE_CHANGED,
  /** The lease was asked a last time; the commit follows. */
  LEASE_CONFIRMED,
  COMMITTED,

  /** All scopes of a chunk are committed, none is recorded. */
  CHUNK_COMMITTED,
  /** In the control database's transaction. */
  QUARANTINE_WRITTEN,
  QUARANTINE_RECORDED,
  /** In the control database's transaction. */
  LOAD_RANGE_WRITTEN,
  /** In the control database's transaction. */
  LEDGER_WRITTEN,
  LEDGER_RECORDED,
  RUN_FINISHED;

  private static final @Nullable BoundaryListener LISTENER =
      ServiceLoader.load(BoundaryListener.class, Boundary.class.getClassLoader())
          .findFirst()
          .orElse(null);

  /** To be called where the moment is. */
  public void reached() {
    if (LISTENER != null) {
      LISTENER.reached(this);
    }
  }
}
