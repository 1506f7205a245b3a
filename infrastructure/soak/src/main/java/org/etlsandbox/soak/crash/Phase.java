package org.etlsandbox.soak.crash;

import org.etlsandbox.boundary.Boundary;
import org.jspecify.annotations.Nullable;

/** What a worker process is at; told by the boundaries that begin it. */
enum Phase {
  /** The process has not yet asked for the lease. */
  LAUNCH,
  /** Another replica leads. */
  WAITING,
  START,
  LOAD,
  POLL,
  SWEEP;

  /** The phase that this boundary begins, or null. */
  static @Nullable Phase begunBy(Boundary boundary) {
    return switch (boundary) {
      case LEASE_AWAITED -> WAITING;
      case LEASE_ACQUIRED -> START;
      case LOAD_BEGUN, LOAD_PLANNED -> LOAD;
      case POLL_BEGUN -> POLL;
      case SWEEP_BEGUN -> SWEEP;
      default -> null;
    };
  }
}
