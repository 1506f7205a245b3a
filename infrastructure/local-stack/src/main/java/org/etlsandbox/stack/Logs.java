package org.etlsandbox.stack;

/** Where log lines go: nowhere from a command, into the data directory from the supervisor. */
final class Logs {

  private Logs() {}

  /** To be called before anything logs. */
  static void set(boolean supervisor) {
    // why: six Spring contexts in one JVM would each set up the logging anew
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    setUnlessGiven(
        "logback.configurationFile", supervisor ? "stack-logback.xml" : "silent-logback.xml");
    // why: drivers that log through java.util.logging must not write between our lines
    if (!supervisor) {
      java.util.logging.LogManager.getLogManager().reset();
    }
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
