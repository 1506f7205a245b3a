package org.etlsandbox.betaapi;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Locale;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.service.TlsProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which destination is queried, and how.
 *
 * @param destination name of the destination in messages: {@code mars}, {@code neptune}, …
 * @param url JDBC URL of a PostgreSQL or SQL Server that holds {@code customer_order_flat_current}
 * @param username user with the right to read that view
 * @param password that user's password
 * @param maxConnections size of the pool
 * @param connectTimeout how long a request waits for a connection before it is answered with 503
 * @param timeout how long a query may take before it is cancelled
 * @param healthInterval time between two checks of the destination
 * @param exportTimeout how long an export may take before it is broken off
 * @param maxExports exports at the same time; fewer than connections, so that one is always left
 * @param worker the worker whose books tell how fresh the destination is
 * @param control where these books are; without an address, answers do not say how fresh they are
 * @param tls verify or off for the destination; not set: as {@code etl.tls.databases}
 */
@ConfigurationProperties("etl.query")
@Validated
record QueryProperties(
    @NotBlank @DefaultValue("mars") String destination,
    @DefaultValue("") String url,
    @DefaultValue("") String username,
    @DefaultValue("") String password,
    @Min(1) @Max(100) @DefaultValue("4") int maxConnections,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("10s") Duration healthInterval,
    @DefaultValue("10m") Duration exportTimeout,
    @Min(0) @Max(99) @Nullable Integer maxExports,
    @DefaultValue("") String worker,
    @DefaultValue Control control,
    DatabaseTls.@Nullable Mode tls) {

  private static final int USUAL_EXPORTS = 2;

  private static final String CONTROL_PREFIX = "jdbc:postgresql:";

  /**
   * The control database.
   *
   * @param url JDBC URL of a PostgreSQL, or empty
   * @param username user with the right to read its tables
   * @param tls verify or off for it; not set: as {@code etl.tls.databases}
   */
  record Control(
      @DefaultValue("") String url,
      @DefaultValue("") String username,
      @DefaultValue("") String password,
      DatabaseTls.@Nullable Mode tls) {

    /** As whoever connects needs it. */
    ConnectionSettings settings(TlsProperties common, int connections) {
      return new ConnectionSettings("control", url, username, password, connections)
          .with(common.of(tls));
    }

    @Override
    public String toString() {
      return new ConnectionSettings("control", url, "", "", 1).toString();
    }
  }

  // Checked here and not by a constraint: the report of a violated constraint shows the value,
  // and a URL may carry a password
  QueryProperties {
    if (url.isBlank()) {
      throw new IllegalArgumentException(
          "etl.query.url is empty, so %s cannot be queried: set %s_URL or ETL_QUERY_URL to its JDBC URL"
              .formatted(destination, destination.toUpperCase(Locale.ROOT)));
    }
    if (SqlProduct.of(url).isEmpty()) {
      throw new IllegalArgumentException(
          "etl.query.url is %s: beta-api reads %s; give the URL of one of these"
              .formatted(
                  new ConnectionSettings(destination, url, "", "", 1).safeUrl(),
                  SqlProduct.prefixes()));
    }
    atLeast("connect-timeout", connectTimeout, Duration.ofMillis(250));
    atLeast("timeout", timeout, Duration.ofSeconds(1));
    atLeast("health-interval", healthInterval, Duration.ofSeconds(1));
    atLeast("export-timeout", exportTimeout, Duration.ofSeconds(1));
    if (maxExports == null) {
      maxExports = Math.clamp(maxConnections - 1L, 0, USUAL_EXPORTS);
    } else if (maxExports >= maxConnections) {
      throw new IllegalArgumentException(
          "etl.query.max-exports is %d: it must be less than etl.query.max-connections (%d), or exports leave no connection for other requests"
              .formatted(maxExports, maxConnections));
    }
    if (!control.url.isBlank() && !control.url.startsWith(CONTROL_PREFIX)) {
      throw new IllegalArgumentException(
          "etl.query.control.url is %s: the control database is a PostgreSQL; give a URL that begins with %s, or none"
              .formatted(control, CONTROL_PREFIX));
    }
    if (worker.isBlank()) {
      worker = workerOf(destination);
    }
  }

  private static String workerOf(String destination) {
    return switch (destination) {
      case "mars" -> "alpha-worker";
      case "neptune" -> "beta-worker";
      case "venus" -> "gamma-worker";
      default -> "";
    };
  }

  /** What is missing to tell how fresh the destination is; empty where nothing is. */
  String whyWithoutFreshness() {
    if (control.url.isBlank()) {
      return "there is no control database: set CONTROL_URL or ETL_QUERY_CONTROL_URL";
    }
    return worker.isBlank()
        ? "no worker is known for destination '%s': set etl.query.worker".formatted(destination)
        : "";
  }

  int exports() {
    return maxExports == null ? 0 : maxExports;
  }

  /** As whoever connects needs it. */
  ConnectionSettings settings(TlsProperties common) {
    return new ConnectionSettings(destination, url, username, password, maxConnections)
        .with(common.of(tls));
  }

  SqlProduct product() {
    return SqlProduct.of(url).orElseThrow();
  }

  @Override
  public String toString() {
    return new ConnectionSettings(destination, url, "", "", 1).toString();
  }

  private static void atLeast(String property, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "etl.query.%s is %s: it must be at least %s".formatted(property, value, least));
    }
  }
}
