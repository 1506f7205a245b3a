package org.etlsandbox.deltaapi.catalogue;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.etlsandbox.connection.ConnectionPool;
import org.etlsandbox.connection.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/** The products whose catalogues can be read, known by the prefix of a URL, without asking them. */
public enum Product {
  MYSQL(
      "MySQL or MariaDB",
      List.of("jdbc:mysql:"),
      new MySqlCatalogue(),
      "SET SESSION TRANSACTION READ ONLY",
      List.of("mysql", "information_schema", "performance_schema", "sys")),

  POSTGRESQL(
      "PostgreSQL",
      List.of("jdbc:postgresql:"),
      new PostgreSqlCatalogue(),
      // The catalogue shows moments in the zone of the session
      "SET TIME ZONE 'UTC'; SET default_transaction_read_only = on",
      List.of("information_schema", "pg_catalog", "pg_toast")),

  SQL_SERVER(
      "SQL Server",
      List.of("jdbc:sqlserver:"),
      new SqlServerCatalogue(),
      null,
      List.of("sys", "information_schema")),

  CLICKHOUSE(
      "ClickHouse",
      List.of("jdbc:clickhouse:", "jdbc:ch:"),
      new ClickHouseCatalogue(),
      null,
      List.of("system", "information_schema"));

  /** Milliseconds until a server that does not answer counts as down. */
  private static final int CONNECT_MILLIS = 3000;

  private final String title;
  private final List<String> prefixes;
  private final Catalogue catalogue;
  private final @Nullable String sessionSql;
  private final List<String> systemSchemas;

  Product(
      String title,
      List<String> prefixes,
      Catalogue catalogue,
      @Nullable String sessionSql,
      List<String> systemSchemas) {
    this.title = title;
    this.prefixes = prefixes;
    this.catalogue = catalogue;
    this.sessionSql = sessionSql;
    this.systemSchemas = systemSchemas;
  }

  /** The product that a JDBC URL leads to. */
  public static Optional<Product> of(String url) {
    return Arrays.stream(values())
        .filter(product -> product.prefixes.stream().anyMatch(url::startsWith))
        .findFirst();
  }

  /** All prefixes, for messages. */
  public static String allPrefixes() {
    return Arrays.stream(values())
        .flatMap(product -> product.prefixes.stream())
        .map(prefix -> prefix + "…")
        .collect(Collectors.joining(", "));
  }

  /** What it is called: {@code SQL Server}. */
  public String title() {
    return title;
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /** Whether the schema is the product's own, of which nothing is told. */
  public boolean isSystemSchema(String schema) {
    return systemSchemas.contains(schema.toLowerCase(Locale.ROOT));
  }

  /** A pool that connects on first use; its sessions read, and give up in time. */
  public HikariDataSource pool(ConnectionSettings settings) {
    return ConnectionPool.lazy(settings, driverProperties(settings), sessionSql);
  }

  private Map<String, String> driverProperties(ConnectionSettings settings) {
    String connect = Integer.toString(CONNECT_MILLIS);
    String connectSeconds = Integer.toString(CONNECT_MILLIS / 1000);
    String answer = Long.toString(settings.answerTimeout().toMillis());
    return switch (this) {
      case MYSQL ->
          Map.of(
              "connectTimeout", connect,
              "socketTimeout", answer,
              "characterEncoding", "UTF-8",
              "sessionVariables", "time_zone='+00:00'",
              // Statements are traced by StatementWatch
              "openTelemetry", "DISABLED",
              "connectionAttributes", "program_name:etl-delta-api");
      case POSTGRESQL ->
          Map.of(
              "ApplicationName",
              "etl-delta-api",
              "connectTimeout",
              connectSeconds,
              "socketTimeout",
              Long.toString(settings.answerTimeout().toSeconds()));
      case SQL_SERVER ->
          Map.of(
              "applicationName",
              "etl-delta-api",
              "loginTimeout",
              connectSeconds,
              "socketTimeout",
              answer,
              "connectRetryCount",
              "0");
      case CLICKHOUSE ->
          Map.of(
              "connection_timeout", connect,
              "socket_timeout", answer,
              // 1 would refuse the settings that the driver sends along
              "clickhouse_setting_readonly", "2");
    };
  }
}
