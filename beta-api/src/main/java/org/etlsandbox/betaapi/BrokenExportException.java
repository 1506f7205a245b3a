package org.etlsandbox.betaapi;

/**
 * An export that failed after its first bytes had been sent. Without a cause on purpose: where a
 * database hung up, Spring would take its words for those of a client that is gone, and end the
 * answer as if it were whole.
 */
final class BrokenExportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenExportException(long rows) {
    super("An export was broken off after %d rows".formatted(rows));
  }
}
