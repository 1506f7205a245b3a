package org.etlsandbox.jupiter;

import java.time.Instant;

/**
 * A statement of somebody else that was running when we looked.
 *
 * @param connectionId the server's id of its connection
 * @param started on Jupiter's clock, less than a second later than its true start
 * @param startedBy not earlier than its true start
 */
record RunningStatement(long connectionId, Instant started, Instant startedBy) {

  /** The one of both that leaves more possible: of two statements on one connection. */
  RunningStatement or(RunningStatement other) {
    return new RunningStatement(
        connectionId,
        started.isBefore(other.started) ? started : other.started,
        startedBy.isAfter(other.startedBy) ? startedBy : other.startedBy);
  }
}
