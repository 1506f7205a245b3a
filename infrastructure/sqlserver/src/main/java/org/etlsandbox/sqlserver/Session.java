package org.etlsandbox.sqlserver;

import java.util.Map;
import org.etlsandbox.connection.ConnectionSettings;

/** How every connection is set up; the time-outs belong together. */
final class Session {

  private Session() {}

  /** Properties of the driver; they win over those in the URL. */
  static Map<String, String> driverProperties(ConnectionSettings settings) {
    return Map.of(
        "applicationName",
        "etl-" + settings.name(),
        "loginTimeout",
        "10",
        "queryTimeout",
        Long.toString(settings.statementTimeout().toSeconds()),
        "socketTimeout",
        Long.toString(settings.answerTimeout().toMillis()),
        // A connection that the driver quietly replaced would have no transaction and no staging
        "connectRetryCount",
        "0");
  }
}
