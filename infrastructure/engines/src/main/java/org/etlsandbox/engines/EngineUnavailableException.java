package org.etlsandbox.engines;

/** An engine cannot run on this machine; the message says what is missing and how to get it. */
public final class EngineUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngineUnavailableException(String message) {
    super(message);
  }
}
