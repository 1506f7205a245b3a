package org.etlsandbox.benchmark;

import java.util.Map;

/**
 * One measured run.
 *
 * @param seconds from the first statement to the last commit
 * @param cpuSeconds by process: source, destination, client
 * @param peakBytes resident memory of the client at its highest, 0 when not measured
 * @param rows in the table afterwards
 * @param digest of all rows, whatever their order; equal tables have equal digests
 */
record Lap(
    double seconds, Map<String, Double> cpuSeconds, long peakBytes, long rows, String digest) {}
