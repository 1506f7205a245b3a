package org.etlsandbox.change;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a completed poll has found.
 *
 * @param moved whether rows had changed
 * @param heldFor how long an open transaction has held the watermark
 * @param held what holds it, null when nothing does
 * @param phases where its time went
 */
public record PollResult(
    boolean moved, Duration heldFor, @Nullable String held, PollPhases phases) {}
