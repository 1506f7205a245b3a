package org.etlsandbox.postgresql;

import java.util.Map;

/** How every connection is set up; the time-outs belong together. */
final class Session {

  /**
   * A refresh that takes longer is broken off. A leader that was paused inside a transaction holds
   * the fence no longer than {@code idle_in_transaction_session_timeout}, so that its successor
   * gets in. Plans are made for the actual values: a plan for any range would suit none.
   */
  static final String SQL =
      """
      SET TIME ZONE 'UTC';
      SET lock_timeout = '30s';
      SET statement_timeout = '10min';
      SET idle_in_transaction_session_timeout = '60s';
      SET plan_cache_mode = force_custom_plan;
      SET default_transaction_isolation = 'read committed'
      """;

  private Session() {}

  /** Driver properties; socketTimeout (seconds) must exceed statement_timeout. */
  static Map<String, String> driverProperties(String name) {
    return Map.of(
        "ApplicationName", "etl-" + name,
        "connectTimeout", "10",
        "socketTimeout", "660",
        "tcpKeepAlive", "true");
  }
}
