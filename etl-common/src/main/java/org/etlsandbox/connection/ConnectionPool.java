package org.etlsandbox.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The one way in which adapters pool their connections. */
public final class ConnectionPool {

  /** How long a caller waits for a connection before it hears that the database is unavailable. */
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

  private static final Duration POOL_PATIENCE = Duration.ofSeconds(1);

  private ConnectionPool() {}

  /**
   * Configures a pool without connecting: the first connection is made by the first caller, who is
   * told at once what the server answers when it refuses.
   *
   * @param driverProperties properties of the driver, time-outs among them; those for TLS are added
   * @param sessionSql run once on every new connection, or null
   */
  public static HikariDataSource lazy(
      ConnectionSettings settings,
      Map<String, String> driverProperties,
      @Nullable String sessionSql) {
    Map<String, String> properties = new HashMap<>(driverProperties);
    properties.putAll(settings.tlsProperties());
    HikariConfig config = new HikariConfig();
    config.setPoolName("etl-" + settings.name());
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.username());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(POOL_PATIENCE.toMillis());
    config.setConnectionInitSql(sessionSql);
    // Connects in the background, so that a database that is down does not stop the start
    config.setInitializationFailTimeout(-1);
    config.setMetricsTrackerFactory(settings.meters());
    properties.forEach(config::addDataSourceProperty);
    return new FrankDataSource(config, settings, properties);
  }

  /**
   * A pool that is empty tries again and again until the caller's patience ends, even where the
   * server has refused the password. So while it is empty, one plain attempt goes first; and as the
   * pool may find only then that what it held is dead, it is asked in short turns.
   */
  private static final class FrankDataSource extends WatchedPool {
    private final ConnectionSettings settings;
    private final Properties properties = new Properties();

    FrankDataSource(
        HikariConfig config, ConnectionSettings settings, Map<String, String> driverProperties) {
      super(config, settings);
      this.settings = settings;
      properties.putAll(driverProperties);
      properties.put("user", settings.username());
      properties.put("password", settings.password());
    }

    @Override
    Connection unwatched() throws SQLException {
      long deadline = System.nanoTime() + CONNECT_PATIENCE.toNanos();
      while (true) {
        if (getHikariPoolMXBean().getTotalConnections() == 0) {
          DriverManager.getConnection(settings.url(), properties).close();
        }
        try {
          return super.unwatched();
        } catch (SQLTransientConnectionException e) {
          if (System.nanoTime() - deadline >= 0) {
            throw e;
          }
        }
      }
    }
  }
}
