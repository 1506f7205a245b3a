package org.etlsandbox.engines;

/**
 * A database server running on this machine as a child process, reachable on 127.0.0.1 only.
 *
 * <p>An engine is obtained running from the {@code start} method of its class and belongs to
 * whoever started it: that owner closes it. Thread-safe.
 */
public interface Engine extends AutoCloseable {
  /** {@code PostgreSQL}, {@code MariaDB}, {@code MySQL} or {@code ClickHouse (chDB)}. */
  String product();

  /** The version as the server itself says it. */
  String version();

  /** JDBC URL of the default database, without credentials. */
  String jdbcUrl();

  /**
   * JDBC URL of a database that need not exist yet, without credentials. For MariaDB and MySQL it
   * carries parameters already: append more with {@code &}.
   */
  String jdbcUrl(String database);

  /**
   * Creates a database if it does not exist yet.
   *
   * @throws IllegalArgumentException if the name is not a plain identifier ({@code
   *     [A-Za-z_][A-Za-z0-9_]*})
   */
  void createDatabase(String database);

  String username();

  /** Never empty: where the options gave none, a random one. */
  String password();

  int port();

  /** Process id of the server. */
  long pid();

  boolean isAlive();

  /**
   * Stops the server in order, kills it if it does not stop; afterwards none of its processes is
   * left. Idempotent.
   */
  @Override
  void close();
}
