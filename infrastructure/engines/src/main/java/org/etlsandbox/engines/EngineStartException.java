package org.etlsandbox.engines;

import org.jspecify.annotations.Nullable;

/**
 * An engine that could run here did not start: a taken port, a data directory of another version or
 * in use, a server that stopped. No process of it is left.
 */
public final class EngineStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineStartException(String message) {
    super(message);
  }

  EngineStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
