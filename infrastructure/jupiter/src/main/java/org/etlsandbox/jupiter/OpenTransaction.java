package org.etlsandbox.jupiter;

import java.time.Instant;

/**
 * A transaction of somebody else that was open, and may write, when we looked.
 *
 * @param identity tells it from every other transaction, earlier ones of its connection included
 * @param connectionId the server's id of its connection; {@link #NO_CONNECTION} for a prepared XA
 *     transaction, which anybody may commit
 * @param started not later than the start that the server tells, on Jupiter's clock
 */
record OpenTransaction(String identity, long connectionId, Instant started) {

  static final long NO_CONNECTION = 0;
}
