package org.etlsandbox.deltaapi.schema;

/** A type for which there is no faithful counterpart; its message is the reason, a sentence. */
public final class UnmappableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnmappableException(String reason) {
    super(reason);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
