package org.etlsandbox.change;

/**
 * @param pageSize changed rows that are read at a time
 * @param batchSize rentals that are refreshed together
 * @param parallelism scopes that are refreshed side by side
 * @param memory changed rows that are remembered per table
 */
public record PollOptions(int pageSize, int batchSize, int parallelism, int memory) {}
