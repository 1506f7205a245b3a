package org.etlsandbox.benchmark.arena;

import java.util.Map;

/**
 * One measured run.
 *
 * @param seconds from the first statement to the last commit
 * @param cpuSeconds by process: source, destination, client; what is not ours is missing
 * @param residentBytes resident memory of our worker at its highest, 0 when it was not one
 * @param heapBytes Java heap of our worker at its highest, 0 when it was not one
 * @param rows in the table afterwards
 * @param digest of all rows, whatever their order; equal tables of a product have equal digests
 */
public record Lap(
    double seconds,
    Map<String, Double> cpuSeconds,
    long residentBytes,
    long heapBytes,
    long rows,
    String digest) {}
