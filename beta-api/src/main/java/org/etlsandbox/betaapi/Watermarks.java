package org.etlsandbox.betaapi;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.StatementWatch;
import org.etlsandbox.connection.WatchedPool;
import org.etlsandbox.service.TlsProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads from the control database how fresh the destination is. What it cannot read it does
 * without: the data are served all the same. Thread-safe.
 *
 * <p>What was read holds for {@link #FRESH}, a failure for {@link #PATIENCE}, so that a control
 * database that is down costs few requests any time.
 */
@Component
final class Watermarks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watermarks.class);

  private static final Duration FRESH = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long a request waits for the control database, at the very most. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** Reads go one after the other, so one connection is in use, and one may be on its way. */
  private static final int CONNECTIONS = 2;

  /**
   * One row, or none for an unknown worker; each subquery reads an index of the worker's rows from
   * its end. A run that was left by a dead process counts as under way until the next leader.
   */
  private static final String STATE =
      """
      SELECT w.incarnation, w.loaded_at, latest.id AS run, latest.outcome, latest.finished_at,
             (SELECT count(*) FROM run_scope WHERE run_id = latest.id) AS scopes,
             (SELECT min(watermark) FROM checkpoint WHERE worker = w.name) AS complete_to,
             (SELECT finished_at FROM run
               WHERE worker = w.name AND finished_at IS NOT NULL
                 AND inserted + updated + tombstoned > 0
               ORDER BY id DESC LIMIT 1) AS moved_at,
             clock_timestamp() AS read_at
        FROM worker w
        LEFT JOIN LATERAL (SELECT id, outcome, finished_at FROM run
                            WHERE worker = w.name ORDER BY id DESC LIMIT 1) latest ON true
       WHERE w.name = ?
      """;

  private record Reading(@Nullable DataState state, String trouble, long at, Duration holds) {
    boolean isOver() {
      return System.nanoTime() - at > holds.toNanos();
    }
  }

  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final String worker;
  private final String notConfigured;
  private final @Nullable HikariDataSource pool;
  private volatile Reading last;

  Watermarks(QueryProperties query, TlsProperties tls, ObjectProvider<StatementWatch> watch) {
    this.worker = query.worker();
    this.notConfigured = query.whyWithoutFreshness();
    this.pool =
        notConfigured.isEmpty()
            ? pool(query.control().settings(tls, CONNECTIONS).watchedBy(watch.getIfAvailable()))
            : null;
    this.last = new Reading(null, notConfigured, System.nanoTime(), Duration.ZERO);
  }

  private static HikariDataSource pool(ConnectionSettings control) {
    HikariDataSource pool = new WatchedPool(control);
    pool.setPoolName("beta-api-control");
    pool.setJdbcUrl(control.url());
    pool.setUsername(control.username());
    pool.setPassword(control.password());
    pool.setReadOnly(true);
    String seconds = Long.toString(LONGEST_WAIT.toSeconds());
    Map.of(
            "readOnlyMode",
            "always",
            "connectTimeout",
            seconds,
            "socketTimeout",
            seconds,
            "ApplicationName",
            "beta-api")
        .forEach(pool::addDataSourceProperty);
    control.tlsProperties().forEach(pool::addDataSourceProperty);
    pool.setMaximumPoolSize(control.maxConnections());
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(LONGEST_WAIT.toMillis());
    // Connects on first use: it may be down when this starts
    pool.setInitializationFailTimeout(-1);
    return pool;
  }

  /** The state now, or a tenth of a second ago; empty where it cannot be known. */
  Optional<DataState> read() {
    return Optional.ofNullable(reading().state());
  }

  /** Why there is no state, for whoever operates this; empty where there is one. */
  String trouble() {
    return reading().trouble();
  }

  private Reading reading() {
    HikariDataSource connections = pool;
    if (connections == null || !last.isOver()) {
      return last;
    }
    // While it was well, all wait for what is asked just now; while it fails, only one waits
    if (last.trouble().isEmpty()) {
      oneAtATime.lock();
    } else if (!oneAtATime.tryLock()) {
      return last;
    }
    try {
      if (last.isOver()) {
        Reading before = last;
        last = ask(connections);
        if (!last.trouble().equals(before.trouble())) {
          LOG.info(
              "Freshness of the data is {}",
              last.trouble().isEmpty() ? "known" : "not known: " + last.trouble());
        }
      }
      return last;
    } finally {
      oneAtATime.unlock();
    }
  }

  private Reading ask(HikariDataSource connections) {
    try {
      Optional<DataState> state =
          JdbcClient.create(connections)
              .sql(STATE)
              .param(worker)
              .query((row, n) -> state(row))
              .optional();
      return new Reading(
          state.orElse(null),
          state.isPresent() ? "" : "the control database knows no worker '%s'".formatted(worker),
          System.nanoTime(),
          FRESH);
    } catch (DataAccessException e) {
      return new Reading(null, reason(e), System.nanoTime(), PATIENCE);
    }
  }

  private static String reason(DataAccessException failure) {
    String state = null;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException said && said.getSQLState() != null) {
        state = said.getSQLState();
      }
    }
    return "the control database cannot be read"
        + (state == null ? "" : " (SQLState %s)".formatted(state));
  }

  private static DataState state(ResultSet row) throws SQLException {
    boolean underWay = "running".equals(row.getString("outcome"));
    Instant loadedAt = instant(row, "loaded_at");
    return new DataState(
        underWay ? null : tag(row, loadedAt),
        instant(row, "moved_at"),
        loadedAt == null ? null : instant(row, "complete_to"),
        row.getObject("read_at", OffsetDateTime.class).toInstant());
  }

  // The times tell a control database from an earlier one, which counted the same runs
  private static String tag(ResultSet row, @Nullable Instant loadedAt) throws SQLException {
    return "%s|%s|%s|%s|%s|%s"
        .formatted(
            row.getString("incarnation"),
            loadedAt,
            row.getString("run"),
            row.getString("outcome"),
            row.getString("scopes"),
            instant(row, "finished_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
