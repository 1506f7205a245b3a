package org.etlsandbox.change;

import java.time.Duration;

/**
 * Where the time of a poll went.
 *
 * @param settle asking Jupiter for a settled moment; near zero when the last one was taken
 * @param ask asking which tables have changed
 * @param refresh reading what has changed and writing it, which go on at the same time
 * @param checkpoint moving the watermarks
 */
public record PollPhases(Duration settle, Duration ask, Duration refresh, Duration checkpoint) {}
