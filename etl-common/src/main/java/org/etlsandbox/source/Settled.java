package org.etlsandbox.source;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to: before which moment can nothing appear in Jupiter any more?
 *
 * @param now Jupiter's clock in microseconds, read before anything else
 * @param settled rows with a {@code last_update} before this moment are all visible to a snapshot
 *     taken from now on; null when it could not be told this time, and the watermark stays
 * @param heldFor how long an open transaction or a running statement has held {@code settled} back,
 *     in whole seconds, zero when nothing does
 * @param reason what holds it back, for people; null when nothing does
 */
public record Settled(
    Instant now, @Nullable Instant settled, Duration heldFor, @Nullable String reason) {}
