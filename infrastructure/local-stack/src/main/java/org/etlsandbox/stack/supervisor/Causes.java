package org.etlsandbox.stack.supervisor;

/** What an exception comes down to, for one line. */
final class Causes {

  private Causes() {}

  /** The first line of the innermost cause that has one. */
  static String deepest(Throwable e) {
    String words = e.getClass().getSimpleName();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && !message.isBlank()) {
        words = message.strip().lines().findFirst().orElse(words);
      }
    }
    return words;
  }
}
