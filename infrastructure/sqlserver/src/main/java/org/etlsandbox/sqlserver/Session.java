package org.etlsandbox.sqlserver;

import java.util.HashMap;
import java.util.Map;
import org.etlsandbox.connection.ConnectionSettings;

/** How every connection is set up; the time-outs belong together. */
final class Session {

  private Session() {}

  /** Properties of the driver; they win over those in the URL. */
  static Map<String, String> driverProperties(ConnectionSettings settings) {
    Map<String, String> properties = new HashMap<>(settings.tlsProperties());
    properties.put("applicationName", "etl-" + settings.name());
    properties.put("loginTimeout", "10");
    properties.put("queryTimeout", Long.toString(settings.statementTimeout().toSeconds()));
    properties.put("socketTimeout", Long.toString(settings.answerTimeout().toMillis()));
    // A connection that the driver quietly replaced would have no transaction and no staging
    properties.put("connectRetryCount", "0");
    return properties;
  }
}
