package org.etlsandbox.stack.plan;

import org.jspecify.annotations.Nullable;

/**
 * Something that the user has to know and can act upon: the message is one line that says what
 * happened, with the actual value, and what to do.
 */
public final class StackFailure extends RuntimeException {

  /** Something did not work. */
  public static final int FAILED = 1;

  /** The command line or the environment asks for something that cannot be. */
  public static final int USAGE = 2;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private StackFailure(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Wrong usage: exit code 2. */
  public static StackFailure usage(String message) {
    return new StackFailure(USAGE, message, null);
  }

  /** A failure: exit code 1. */
  public static StackFailure failed(String message) {
    return new StackFailure(FAILED, message, null);
  }

  /** A failure: exit code 1. */
  public static StackFailure failed(String message, Throwable cause) {
    return new StackFailure(FAILED, message, cause);
  }

  public int exitCode() {
    return exitCode;
  }

  /** Never null, unlike that of any exception. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
