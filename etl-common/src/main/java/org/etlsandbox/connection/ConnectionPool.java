package org.etlsandbox.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one way in which adapters pool their connections. */
public final class ConnectionPool {

  /** How long a caller waits for a connection before it hears that the database is unavailable. */
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

  private ConnectionPool() {}

  /**
   * Configures a pool without connecting: the first connection is made by the first caller.
   *
   * @param driverProperties properties of the driver, time-outs among them
   * @param sessionSql run once on every new connection, or null
   */
  public static HikariDataSource lazy(
      ConnectionSettings settings,
      Map<String, String> driverProperties,
      @Nullable String sessionSql) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("etl-" + settings.name());
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.username());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT_PATIENCE.toMillis());
    config.setConnectionInitSql(sessionSql);
    // Connects in the background, so that a database that is down does not stop the start
    config.setInitializationFailTimeout(-1);
    driverProperties.forEach(config::addDataSourceProperty);
    return new HikariDataSource(config);
  }
}
