package org.etlsandbox.betaapi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the control database says about a destination.
 *
 * @param tag changes whenever rows may have changed; null while a run is under way
 * @param movedAt when the latest run ended that moved rows; null before the first one
 * @param completeTo everything that was committed in Jupiter before then is there, on Jupiter's
 *     clock; null while the destination is being loaded
 * @param readAt when all this was so, on the clock of the control database
 */
record DataState(
    @Nullable String tag,
    @Nullable Instant movedAt,
    @Nullable Instant completeTo,
    Instant readAt) {}
