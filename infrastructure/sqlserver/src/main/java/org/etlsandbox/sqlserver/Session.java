package org.etlsandbox.sqlserver;

import java.util.Map;

/** How every connection is set up; the time-outs belong together. */
final class Session {

  /** A statement or bulk copy that takes longer is broken off. */
  static final int STATEMENT_SECONDS = 600;

  private static final int SOCKET_MILLIS = (STATEMENT_SECONDS + 60) * 1000;

  private Session() {}

  /** Properties of the driver; they win over those in the URL. */
  static Map<String, String> driverProperties(String name) {
    return Map.of(
        "applicationName",
        "etl-" + name,
        "loginTimeout",
        "10",
        "queryTimeout",
        String.valueOf(STATEMENT_SECONDS),
        "socketTimeout",
        String.valueOf(SOCKET_MILLIS),
        // A connection that the driver quietly replaced would have no transaction and no staging
        "connectRetryCount",
        "0");
  }
}
