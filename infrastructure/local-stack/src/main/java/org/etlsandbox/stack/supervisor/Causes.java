package org.etlsandbox.stack.supervisor;

/** What an exception comes down to, for one line. */
final class Causes {

  private Causes() {}

  /** Its own words, or its kind if it has none. */
  static String outermost(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
  }

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
