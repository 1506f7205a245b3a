package org.etlsandbox.testkit.engine;

import java.util.function.Supplier;
import org.etlsandbox.connection.SqlServerUrl;
import org.etlsandbox.engines.ClickHouseEngine;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.MariaDbEngine;
import org.etlsandbox.engines.MySqlEngine;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.jspecify.annotations.Nullable;
import org.testcontainers.clickhouse.ClickHouseContainer;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.mssqlserver.MSSQLServerContainer;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A database product that tests ask for, and what differs between the products. */
enum TestProduct {
  POSTGRESQL(
      "PostgreSQL",
      "NEPTUNE_URL",
      () -> PostgreSqlEngine.start(EngineOptions.temporary()),
      () -> new PostgreSQLContainer("postgres:18-alpine"),
      "DROP DATABASE IF EXISTS %s WITH (FORCE)",
      "SELECT count(*) FROM pg_stat_activity WHERE datname = '%s'"),

  CLICKHOUSE(
      "ClickHouse",
      "CLICKHOUSE_URL",
      () -> ClickHouseEngine.start(EngineOptions.temporary()),
      () -> new ClickHouseContainer("clickhouse/clickhouse-server:25.8"),
      "DROP DATABASE IF EXISTS %s",
      null),

  MARIADB(
      "MariaDB",
      null,
      () -> MariaDbEngine.start(EngineOptions.temporary()),
      null,
      "DROP DATABASE IF EXISTS %s",
      "SELECT count(*) FROM information_schema.processlist WHERE db = '%s'"),

  MYSQL(
      "MySQL",
      "JUPITER_URL",
      () -> MySqlEngine.start(EngineOptions.temporary()),
      () -> new MySQLContainer("mysql:8.0").withUsername("root"),
      "DROP DATABASE IF EXISTS %s",
      "SELECT count(*) FROM information_schema.processlist WHERE db = '%s'"),

  SQLSERVER(
      "SQL Server",
      "MARS_URL",
      null,
      () ->
          new MSSQLServerContainer(MSSQLServerContainer.IMAGE + ":2022-CU20-ubuntu-22.04")
              .acceptLicense(),
      // SQL Server refuses while anybody is connected; Babelfish has no ALTER DATABASE
      """
      IF SERVERPROPERTY('BabelfishVersion') IS NULL
        EXEC('ALTER DATABASE %1$s SET SINGLE_USER WITH ROLLBACK IMMEDIATE');
      DROP DATABASE %1$s
      """,
      "SELECT count(*) FROM sys.dm_exec_sessions WHERE database_id = DB_ID('%s')");

  final String title;

  /** The variable with a JDBC URL; its user and password are in …_USERNAME and …_PASSWORD. */
  final @Nullable String urlVariable;

  /** Null for a product that cannot be embedded. */
  final @Nullable Supplier<Engine> embedded;

  final @Nullable Supplier<JdbcDatabaseContainer<?>> container;
  final String dropDatabase;

  /** Null for a product that has no sessions. */
  final @Nullable String countSessions;

  TestProduct(
      String title,
      @Nullable String urlVariable,
      @Nullable Supplier<Engine> embedded,
      @Nullable Supplier<JdbcDatabaseContainer<?>> container,
      String dropDatabase,
      @Nullable String countSessions) {
    this.title = title;
    this.urlVariable = urlVariable;
    this.embedded = embedded;
    this.container = container;
    this.dropDatabase = dropDatabase;
    this.countSessions = countSessions;
  }

  /** As the report names it where it cannot run. */
  String missing() {
    return embedded == null ? title : title + " (embedded)";
  }

  /** Whether a URL, as far as it tells, is of this product or of one that a test may be given. */
  boolean takes(String url) {
    // why: MARS_URL may name the PostgreSQL that stands in for SQL Server
    return this != SQLSERVER || SqlServerUrl.isOne(url);
  }
}
