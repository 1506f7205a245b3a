package org.etlsandbox.source;

import java.time.Duration;

/**
 * How a source settles.
 *
 * @param commitLag how long after its statement a change may still become visible, where the
 *     source's transactions cannot be observed; must exceed its longest transaction
 * @param commitLagForced use {@code commitLag} even where transactions can be observed (a replica)
 * @param maxHold a transaction open for longer is reported and no longer waited for
 */
public record SettleOptions(Duration commitLag, boolean commitLagForced, Duration maxHold) {}
