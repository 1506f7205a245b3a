package org.etlsandbox.destination;

import org.etlsandbox.flat.CustomerOrderFlat;

/** A row as it is stored, with the two columns that are the destination's own. */
public record StoredFlat(CustomerOrderFlat flat, long rowVersion, boolean deleted) {}
