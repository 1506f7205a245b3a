package org.etlsandbox.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL from zonky's binaries, run by ourselves: their launcher has fsync off, no password and
 * no resume.
 *
 * <p>PostgreSQL refuses to run as root. There it is put into a user namespace of its own ({@code
 * unshare -U}), where the same files have the same owner, but that owner is not called root.
 */
public final class PostgreSqlEngine extends RunningEngine {
  private static final String PRODUCT = "PostgreSQL";
  private static final String USERNAME = "postgres";
  private static final String BINARIES = Distribution.version("postgresql");

  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  private static final String CANNOT_CONNECT_NOW = "57P03";
  private static final String CONNECTION_REFUSED = "08001";
  private static final String INVALID_PASSWORD = "28P01";

  private PostgreSqlEngine(Started started, boolean ephemeral) {
    super(started, PRODUCT, USERNAME, ephemeral);
  }

  /**
   * Starts a server with superuser {@code postgres}, UTF8, locale C, time zone UTC; resumes the
   * data directory if it was used before.
   *
   * @throws EngineUnavailableException if it cannot run on this machine
   * @throws EngineStartException if it could, but did not
   */
  public static PostgreSqlEngine start(EngineOptions options) {
    ServerProcess.requireLinux(PRODUCT);
    List<String> asUser = asUser();
    Path program =
        new Distribution("postgresql-" + BINARIES, "postgres-linux-x86_64.txz")
            .unpacked(options.cacheDirectory());
    String major = BINARIES.substring(0, BINARIES.indexOf('.'));
    EngineHome home = EngineHome.open(options, PRODUCT, major, "postgres");
    Started started =
        starting(
            home,
            PRODUCT,
            () -> {
              int port = ServerProcess.port(PRODUCT, options.port());
              Cluster cluster = new Cluster(program, asUser, home, options, passwordOf(options));
              home.makeOnce(cluster::make);
              return cluster.serve(port);
            });
    return new PostgreSqlEngine(started, options.ephemeral());
  }

  /** The words to put before a command so that it does not run as root. */
  private static List<String> asUser() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    try {
      Process trial = new ProcessBuilder("unshare", "-U", "true").start();
      if (trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0) {
        return List.of("unshare", "-U");
      }
    } catch (IOException e) {
      // why: no such program here; the message below says what to do
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new EngineUnavailableException(
        "PostgreSQL refuses to run as root, and 'unshare -U' (util-linux, user namespaces), which hides root from it, does not work here: run as an ordinary user.");
  }

  /** One data directory with the program that serves it. */
  private record Cluster(
      Path program, List<String> asUser, EngineHome home, EngineOptions options, String password) {

    void make() throws IOException {
      Path passwordFile = home.file("password.tmp");
      Secrets.write(passwordFile, password);
      try {
        run(
            "",
            "initdb",
            "--pgdata=" + home.data(),
            "--username=" + USERNAME,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
            options.durable() ? "--data-checksums" : "--no-sync");
      } finally {
        Files.deleteIfExists(passwordFile);
      }
    }

    Started serve(int port) throws IOException, SQLException {
      try {
        return serveOnce(port);
      } catch (SQLException e) {
        if (!INVALID_PASSWORD.equals(e.getSQLState())) {
          throw e;
        }
      }
      // The directory was made with another password: the options' one replaces it
      run(
          "ALTER ROLE %s PASSWORD '%s'\n".formatted(USERNAME, password.replace("'", "''")),
          "postgres",
          "--single",
          "-D",
          home.data().toString(),
          "postgres");
      return serveOnce(port);
    }

    private Started serveOnce(int port) throws IOException, SQLException {
      ServerProcess server =
          ServerProcess.start(PRODUCT, command(port), environment(), options.log());
      try {
        String url = url(port, "postgres");
        server.awaitAnswer(options.startTimeout(), () -> answers(url));
        String version = ask(url, USERNAME, password, "SHOW server_version");
        return new Started(home, server, port, password, version);
      } catch (SQLException | RuntimeException e) {
        server.stop("INT", Duration.ofSeconds(10));
        throw e;
      }
    }

    private boolean answers(String url) throws SQLException {
      try (Connection connection = connect(url, USERNAME, password)) {
        return connection.isValid(5);
      } catch (SQLException e) {
        String state = e.getSQLState();
        if (CONNECTION_REFUSED.equals(state) || CANNOT_CONNECT_NOW.equals(state)) {
          return false;
        }
        throw e;
      }
    }

    private List<String> command(int port) {
      List<String> command = new ArrayList<>(asUser);
      command.add(program.resolve("bin/postgres").toString());
      command.addAll(List.of("-D", home.data().toString(), "-p", Integer.toString(port)));
      Map<String, String> settings =
          Map.of(
              "listen_addresses", "127.0.0.1",
              "unix_socket_directories", "",
              "max_connections", "100",
              "shared_buffers", "64MB",
              "max_wal_size", "2GB",
              "timezone", "UTC",
              "log_timezone", "UTC");
      settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
      if (!options.durable()) {
        // why only this one: the others would lose commits, or pages, when the process is killed
        command.addAll(List.of("-c", "fsync=off"));
      }
      options
          .settings()
          .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
      return command;
    }

    private void run(String input, String name, String... arguments) throws IOException {
      List<String> command = new ArrayList<>(asUser);
      command.add(program.resolve("bin").resolve(name).toString());
      command.addAll(List.of(arguments));
      ServerProcess.run(PRODUCT, command, environment(), options.log(), input);
    }

    private static Map<String, String> environment() {
      return Map.of("TZ", "UTC", "LC_ALL", "C");
    }
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  @Override
  public String jdbcUrl() {
    return url(port(), "postgres");
  }

  @Override
  public String jdbcUrl(String database) {
    return url(port(), identifier(database));
  }

  @Override
  public void createDatabase(String database) {
    String name = identifier(database);
    try {
      String found =
          ask(
              jdbcUrl(),
              USERNAME,
              password(),
              "SELECT count(*) FROM pg_database WHERE datname = '%s'".formatted(name));
      if (found.equals("0")) {
        execute("CREATE DATABASE \"%s\"".formatted(name));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Could not create database '%s' on port %d: %s".formatted(name, port(), e.getMessage()),
          e);
    }
  }

  /** INT is PostgreSQL's fast shutdown: it does not wait for its clients, and checkpoints. */
  @Override
  void stop(ServerProcess process) {
    process.stop("INT", Duration.ofSeconds(30));
  }
}
