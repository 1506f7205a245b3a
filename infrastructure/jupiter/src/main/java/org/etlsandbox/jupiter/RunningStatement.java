package org.etlsandbox.jupiter;

import java.time.Instant;

/**
 * A statement of somebody else that was running when we looked.
 *
 * @param connectionId the server's id of its connection
 * @param started not later than its true start, on Jupiter's clock
 */
record RunningStatement(long connectionId, Instant started) {}
