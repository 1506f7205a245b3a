package org.etlsandbox.source;

/** 128 bits over every column of a row that the join depends on; equal rows have equal digests. */
public record RowDigest(long high, long low) {}
