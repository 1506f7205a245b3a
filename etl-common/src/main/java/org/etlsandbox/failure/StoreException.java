package org.etlsandbox.failure;

import org.jspecify.annotations.Nullable;

/**
 * A database refused or failed. Adapters classify by SQLState or vendor code, never by message
 * text; messages say what happened, the actual value and what to do, and never carry a credential.
 */
public class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the engine does about it. */
  public enum Kind {
    /** The data themselves are refused: split until the single rental is known. */
    DATA,
    /** The same work may succeed at once: deadlock, serialization failure. */
    TRANSIENT,
    /** The database cannot be reached or cannot work: wait and try again. */
    UNAVAILABLE,
    /** Another leader writes by now: stop writing. */
    FENCED,
    /** Wrong set-up: repeating does not help until somebody changes something. */
    PERMANENT
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  public Kind kind() {
    return kind;
  }
}
