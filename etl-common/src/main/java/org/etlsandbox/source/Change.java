package org.etlsandbox.source;

import java.time.Instant;

/** A row that a poll has seen: which, since when, and in which state. */
public record Change(ChangeKey key, Instant lastUpdate, RowDigest digest) {}
