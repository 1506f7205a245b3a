package org.etlsandbox.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A pool whose statements are seen by the {@link StatementWatch} of its settings; where there is
 * none, connections are the pool's own.
 */
public class WatchedPool extends HikariDataSource {

  private final @Nullable DataSource watched;

  /** To be configured by its setters. */
  public WatchedPool(ConnectionSettings settings) {
    this.watched = watched(settings);
  }

  WatchedPool(HikariConfig config, ConnectionSettings settings) {
    super(config);
    this.watched = watched(settings);
  }

  private @Nullable DataSource watched(ConnectionSettings settings) {
    StatementWatch watch = settings.watch();
    return watch == null ? null : watch.over(new Unwatched(), settings.name());
  }

  @Override
  public final Connection getConnection() throws SQLException {
    DataSource connections = watched;
    return connections == null ? unwatched() : connections.getConnection();
  }

  Connection unwatched() throws SQLException {
    return super.getConnection();
  }

  private final class Unwatched extends AbstractDataSource {

    @Override
    public Connection getConnection() throws SQLException {
      return unwatched();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return WatchedPool.this.getConnection(username, password);
    }
  }
}
