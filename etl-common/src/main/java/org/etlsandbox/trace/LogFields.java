package org.etlsandbox.trace;

/**
 * Keys of the logging context (MDC). With dots, as the Elastic Common Schema has them: JSON nests
 * them, and {@code destination} alone means a network address there.
 */
public final class LogFields {

  /** The destination that a worker copies into. */
  public static final String DESTINATION = "etl.destination";

  /** The run of the ledger that is under way. */
  public static final String RUN = "etl.run";

  /** The sampled trace that the line belongs to. */
  public static final String TRACE = "trace.id";

  /** The span of that trace. */
  static final String SPAN = "span.id";

  private LogFields() {}
}
