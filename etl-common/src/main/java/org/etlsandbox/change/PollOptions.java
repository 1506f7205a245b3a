package org.etlsandbox.change;

import java.time.Duration;

/**
 * @param pageSize changed rows that are read at a time
 * @param batchSize rentals that are refreshed together
 * @param parallelism scopes that are refreshed side by side
 * @param memory changed rows that are remembered per table
 * @param settleRest polls that come sooner after the clock was last asked leave the watermarks
 *     where they are
 */
public record PollOptions(
    int pageSize, int batchSize, int parallelism, int memory, Duration settleRest) {}
