package org.etlsandbox.destination;

import java.util.UUID;

/**
 * What a destination holds when a worker comes to it.
 *
 * @param incarnation drawn when the schema was created: another one means an emptied or recreated
 *     destination, which is loaded again
 * @param maxRowVersion the highest version of any stored row, tombstones included; 0 when empty
 * @param epoch the last admitted leader epoch; 0 when none was
 */
public record DestinationState(UUID incarnation, long maxRowVersion, long epoch) {}
