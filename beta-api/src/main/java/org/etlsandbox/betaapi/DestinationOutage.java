package org.etlsandbox.betaapi;

import org.jspecify.annotations.Nullable;

/**
 * Why the destination cannot serve queries now.
 *
 * @param reason a sentence for whoever called, without address or credentials
 * @param sqlState what the driver or the server said, or null where neither was asked
 */
record DestinationOutage(String reason, @Nullable String sqlState) {}
