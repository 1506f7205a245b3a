package org.etlsandbox.jupiter;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.connection.ConnectionPool;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.source.ReadRate;
import org.etlsandbox.source.SettleOptions;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceDescription;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;
import org.jspecify.annotations.Nullable;

/**
 * Jupiter through MySQL's driver. Every transaction is READ ONLY, every session runs in UTC, and
 * every statement begins with {@link #MARK}, by which the clocks of all workers know it as a
 * reader.
 */
final class JupiterSource implements Source {

  /** Begins each of our statements; a statement with this mark never writes. */
  static final String MARK = "/* etl-sandbox */";

  private static final String SESSION = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";

  private final ConnectionSettings settings;
  private final ReadRate rate;
  private final DimensionsCost cost = new DimensionsCost();
  private final HikariDataSource pool;
  private volatile @Nullable Set<SourceTable> indexed;

  /** Without a limit. */
  JupiterSource(ConnectionSettings settings) {
    this(settings, ReadRate.unlimited());
  }

  JupiterSource(ConnectionSettings settings, ReadRate rate) {
    this.settings = settings;
    this.rate = rate;
    this.pool = ConnectionPool.lazy(settings, driver(settings), SESSION);
  }

  private static Map<String, String> driver(ConnectionSettings settings) {
    return Map.of(
        "connectTimeout", "10000",
        // The longest single statement is a scan of a table without an index
        "socketTimeout", Long.toString(settings.answerTimeout().toMillis()),
        "tcpKeepAlive", "true",
        "characterEncoding", "UTF-8",
        "sessionVariables", "time_zone='+00:00'",
        // Statements are traced by StatementWatch; the driver would do it again, for nobody
        "openTelemetry", "DISABLED",
        "connectionAttributes", "program_name:etl-sandbox");
  }

  @Override
  public SourceDescription describe(SettleOptions options) {
    return query(connection -> {
      SourceDescription description = new SchemaCheck(connection, settings).describe(options);
      indexed = description.indexed();
      return description;
    });
  }

  @Override
  public void check() {
    query(connection -> {
      try (Statement statement = connection.createStatement()) {
        return statement.execute(MARK + " SELECT 1");
      }
    });
  }

  @Override
  public SettledClock settledClock(SettleOptions options) {
    return new JupiterSettledClock(this, options);
  }

  @Override
  public Set<SourceTable> changedSince(Map<SourceTable, Instant> since) {
    return query(connection -> new ChangeProbe(since, indexed(connection)).ask(connection));
  }

  @Override
  public SourceSnapshot snapshot() {
    Connection connection = null;
    try {
      connection = pool.getConnection();
      Set<SourceTable> known = indexed(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
      }
      Boundary.SNAPSHOT_OPENED.reached();
      return new JupiterSnapshot(connection, settings, known, rate, cost);
    } catch (SQLException e) {
      closeQuietly(connection);
      throw MySqlErrors.explain(settings, e);
    }
  }

  private Set<SourceTable> indexed(Connection connection) throws SQLException {
    Set<SourceTable> known = indexed;
    if (known == null) {
      known = indexed = Set.copyOf(new SchemaCheck(connection, settings).indexedTables());
    }
    return known;
  }

  @Override
  public void close() {
    pool.close();
  }

  ConnectionSettings settings() {
    return settings;
  }

  /** Work on a connection of its own, outside any transaction unless it opens one. */
  <T> T query(Query<T> query) {
    try (Connection connection = pool.getConnection()) {
      return query.run(connection);
    } catch (SQLException e) {
      throw MySqlErrors.explain(settings, e);
    }
  }

  private static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new StoreException(Kind.UNAVAILABLE, "A connection could not be returned", e);
      }
    }
  }

  /** Something to be asked of the server. */
  @FunctionalInterface
  interface Query<T> {
    T run(Connection connection) throws SQLException;
  }
}
