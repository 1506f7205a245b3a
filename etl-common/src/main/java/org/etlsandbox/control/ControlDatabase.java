package org.etlsandbox.control;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.etlsandbox.connection.ConnectionPool;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.TlsFailure;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.schema.FlywaySchema;
import org.etlsandbox.schema.SchemaMode;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The workers' own PostgreSQL. All work goes through {@link #call}, so that its failures are told
 * in the same words as those of the other databases.
 */
public final class ControlDatabase implements AutoCloseable {

  /** All statements are short; what waits longer waits for somebody else's lock. */
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

  /**
   * How long a transaction may stand still before the server ends it. Ours last milliseconds; one
   * that stands still belongs to a process that was stopped, whose successor waits for its locks.
   */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

  /** The server ended a transaction that stood still: the next one begins on a new connection. */
  private static final String SLEPT_TOO_LONG = "25P03";

  /** Connection lost, out of resources, stopped by an operator, system error, internal error. */
  private static final Set<String> UNAVAILABLE = Set.of("08", "53", "57", "58", "XX");

  private final ConnectionSettings settings;
  private final HikariDataSource pool;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  public ControlDatabase(ConnectionSettings given) {
    this.settings = given.withStatementsUpTo(LONGEST_STATEMENT);
    this.pool =
        ConnectionPool.lazy(
            settings,
            Map.of(
                "connectTimeout", "10",
                "socketTimeout", Long.toString(settings.answerTimeout().toSeconds()),
                "tcpKeepAlive", "true",
                "ApplicationName", "etl-sandbox"),
            "SET TIME ZONE 'UTC'; SET statement_timeout = '%ds'; SET idle_in_transaction_session_timeout = '%ds'"
                .formatted(settings.statementTimeout().toSeconds(), LONGEST_SLEEP.toSeconds()));
    this.jdbc = JdbcClient.create(pool);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
  }

  /** Brings the schema to the current version; any number of workers may do so at once. */
  public void migrate() {
    prepare(SchemaMode.MIGRATE);
  }

  /** Brings the schema to the current version, or refuses another one. */
  public void prepare(SchemaMode schema) {
    Flyway flyway =
        Flyway.configure(getClass().getClassLoader())
            .dataSource(pool)
            .locations("classpath:org/etlsandbox/control/migration")
            .table("control_schema_history")
            .load();
    call(() -> {
      FlywaySchema.prepare(flyway, schema, settings);
      return true;
    });
  }

  public void check() {
    call(() -> jdbc.sql("SELECT 1").query(Integer.class).single());
  }

  /** For the library behind {@link org.etlsandbox.lease}, which works on a DataSource. */
  public DataSource dataSource() {
    return pool;
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  /** Work in one transaction. */
  public <T> T inTransaction(Supplier<T> work) {
    return call(() -> transactions.execute(status -> work.get()));
  }

  /** Work whose database failures become {@link StoreException}s. */
  public <T> T call(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException | TransactionException | FlywayException e) {
      throw explain(e);
    }
  }

  private StoreException explain(RuntimeException error) {
    SQLException telling = null;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        telling = sql;
      }
    }
    String state = telling == null || telling.getSQLState() == null ? "" : telling.getSQLState();
    Optional<TlsFailure> tls = TlsFailure.in(settings, error);
    if (tls.isPresent()) {
      return new StoreException(Kind.UNAVAILABLE, tls.get().sentence(settings), error);
    }
    String said = "%s: %s".formatted(settings, firstLine(telling == null ? error : telling));
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    if (state.startsWith("28")) {
      return new StoreException(
          Kind.PERMANENT, said + ". Check CONTROL_USERNAME and CONTROL_PASSWORD.", error);
    }
    if (state.startsWith("3D")) {
      return new StoreException(Kind.PERMANENT, said + ". Create the database first.", error);
    }
    if (state.startsWith("40") || state.equals("55P03")) {
      return new StoreException(Kind.TRANSIENT, said + ". It is tried again.", error);
    }
    if (state.isEmpty()
        || state.equals(SLEPT_TOO_LONG)
        || UNAVAILABLE.contains(state.substring(0, 2))) {
      return new StoreException(
          Kind.UNAVAILABLE, said + ". Is the server running and reachable?", error);
    }
    if (state.equals("42501")) {
      return new StoreException(
          Kind.PERMANENT,
          said + ". The user needs CREATE on the schema, which is for the workers alone.",
          error);
    }
    return new StoreException(
        Kind.PERMANENT,
        said
            + ". Put the schema right, which is for the workers alone; then start the worker again.",
        error);
  }

  private static String firstLine(Throwable error) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    String line = message.lines().findFirst().orElse(message).strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  @Override
  public void close() {
    pool.close();
  }
}
