package org.etlsandbox.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.etlsandbox.connection.ConnectionSettings;

/** How every connection is set up; the time-outs belong together. */
final class Session {

  /**
   * A refresh that takes longer is broken off. A leader that was paused inside a transaction holds
   * the fence no longer than {@code idle_in_transaction_session_timeout}, so that its successor
   * gets in. Plans are made for the actual values: a plan for any range would suit none.
   */
  private static final String SQL =
      """
      SET TIME ZONE 'UTC';
      SET lock_timeout = '%ds';
      SET statement_timeout = '%ds';
      SET idle_in_transaction_session_timeout = '60s';
      SET plan_cache_mode = force_custom_plan;
      SET default_transaction_isolation = 'read committed'
      """;

  private Session() {}

  static String sql(ConnectionSettings settings) {
    long statement = settings.statementTimeout().toSeconds();
    return SQL.formatted(Math.max(1, statement / 2), statement);
  }

  /** A connection whose statements may take any time; a server that is gone is still noticed. */
  static Connection unlimited(ConnectionSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(driverProperties(settings));
    properties.setProperty("user", settings.username());
    properties.setProperty("password", settings.password());
    properties.setProperty("socketTimeout", "0");
    return DriverManager.getConnection(settings.url(), properties);
  }

  /** Driver properties; socketTimeout (seconds) must exceed statement_timeout. */
  static Map<String, String> driverProperties(ConnectionSettings settings) {
    Map<String, String> properties = new HashMap<>(settings.tlsProperties());
    properties.put("ApplicationName", "etl-" + settings.name());
    properties.put("connectTimeout", "10");
    properties.put("socketTimeout", Long.toString(settings.answerTimeout().toSeconds()));
    properties.put("tcpKeepAlive", "true");
    return properties;
  }
}
