package org.etlsandbox.engines;

import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What all engines share once they run. */
abstract sealed class RunningEngine implements Engine
    permits PostgreSqlEngine, MariaDbEngine, MySqlEngine, ClickHouseEngine {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final EngineHome home;
  private final ServerProcess server;
  private final String product;
  private final String version;
  private final int port;
  private final String username;
  private final String password;
  private final @Nullable Thread hook;
  private boolean closed;

  /** How an engine was started. */
  record Started(
      EngineHome home, ServerProcess server, int port, String password, String version) {}

  RunningEngine(Started started, String product, String username, boolean ephemeral) {
    home = started.home();
    server = started.server();
    this.product = product;
    version = started.version();
    port = started.port();
    this.username = username;
    password = started.password();
    hook = ephemeral ? new Thread(this::shutDown, product + "-shutdown") : null;
    if (hook != null) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /** Starts a server in a directory that is ours already. */
  interface Start {
    Started run() throws IOException, SQLException;
  }

  /** Runs a start; gives the directory free if it fails. */
  static Started starting(EngineHome home, String product, Start start) {
    try {
      return start.run();
    } catch (IOException e) {
      home.close();
      throw new EngineStartException(
          "%s could not be started: %s".formatted(product, e.getMessage()), e);
    } catch (SQLException e) {
      home.close();
      throw new EngineStartException(
          "%s does not answer: %s".formatted(product, e.getMessage()), e);
    } catch (RuntimeException e) {
      home.close();
      throw e;
    }
  }

  /** Asks the server to stop and waits for it. */
  abstract void stop(ServerProcess process);

  static String passwordOf(EngineOptions options) {
    if (!options.password().isEmpty()) {
      return options.password();
    }
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String identifier(String name) {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a plain identifier (letters, digits, underscore)".formatted(name));
    }
    return name;
  }

  /** One value of one row. */
  static String ask(String url, String username, String password, String sql) throws SQLException {
    try (Connection connection = connect(url, username, password);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static Connection connect(String url, String username, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", username);
    properties.setProperty("password", password);
    return DriverManager.getConnection(url, properties);
  }

  /** Runs one statement in the default database. */
  void execute(String sql) {
    try (Connection connection = connect(jdbcUrl(), username, password);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "%s on port %d refused '%s': %s".formatted(product, port, sql, e.getMessage()), e);
    }
  }

  @Override
  public final String product() {
    return product;
  }

  @Override
  public final String version() {
    return version;
  }

  @Override
  public final String username() {
    return username;
  }

  @Override
  public final String password() {
    return password;
  }

  @Override
  public final int port() {
    return port;
  }

  @Override
  public final long pid() {
    return server.process().pid();
  }

  @Override
  public final boolean isAlive() {
    return server.process().isAlive();
  }

  private synchronized void shutDown() {
    if (!closed) {
      closed = true;
      stop(server);
      home.close();
    }
  }

  @Override
  public final void close() {
    shutDown();
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // why: the JVM is shutting down already and runs the hook itself
      }
    }
  }

  @Override
  public final String toString() {
    return "%s %s on 127.0.0.1:%d (process %d)".formatted(product, version, port, pid());
  }
}
