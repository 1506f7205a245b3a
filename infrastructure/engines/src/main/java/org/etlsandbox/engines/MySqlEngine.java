package org.etlsandbox.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** MySQL 8.0.31 from Kill Bill's test server, of which only the server itself is used. */
public final class MySqlEngine extends RunningEngine {
  private static final String PRODUCT = "MySQL";

  private MySqlEngine(Started started, boolean ephemeral) {
    super(started, PRODUCT, MySqlProtocol.USERNAME, ephemeral);
  }

  /**
   * Starts a server with user {@code etl}, who may do everything, and database {@code sakila};
   * utf8mb4, time zone +00:00, no binary log; the performance schema is on, as is MySQL's default
   * (setting {@code performance_schema=OFF}). Resumes the data directory if it was used before.
   *
   * @throws EngineUnavailableException if it cannot run on this machine
   * @throws EngineStartException if it could, but did not
   */
  public static MySqlEngine start(EngineOptions options) {
    ServerProcess.requireLinux(PRODUCT);
    Path program =
        new Distribution(
                "mysql-distribution-" + Distribution.version("mysql-distribution"),
                "mysql-Linux-amd64.tar.gz")
            .unpacked(options.cacheDirectory());
    Path server = program.resolve("bin/mysqld");
    MySqlLauncher launcher =
        new MySqlLauncher(
            PRODUCT,
            "8.0",
            server,
            List.of(
                server.toString(),
                "--no-defaults",
                "--initialize-insecure",
                "--basedir=" + program,
                "--default-time-zone=+00:00"),
            List.of("--basedir=" + program, "--disable-log-bin", "--mysqlx=OFF"),
            List.of("--innodb-flush-method=nosync"),
            // --initialize-insecure leaves root without a password
            "ALTER USER 'root'@'localhost' ACCOUNT LOCK;\n",
            environment(server, options.cacheDirectory()));
    return new MySqlEngine(launcher.start(options), options.ephemeral());
  }

  /** MySQL needs libaio: the system's, or the one that {@code ./etl} fetched into the cache. */
  private static Map<String, String> environment(Path server, Path cacheDirectory) {
    String missing = loads(server, Map.of());
    if (missing.isEmpty()) {
      return Map.of();
    }
    Path fetched = cacheDirectory.resolve("libaio");
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", fetched.toString());
    if (Files.exists(fetched.resolve("libaio.so.1"))) {
      missing = loads(server, environment);
      if (missing.isEmpty()) {
        return environment;
      }
    }
    throw new EngineUnavailableException(
        "The MySQL engine does not load here (%s): run './etl fetch libaio', which puts libaio.so.1 into %s, or install it ('apt-get install libaio1'). MariaDB serves as Jupiter without it."
            .formatted(missing, fetched));
  }

  /** What the loader says when it cannot start the program; empty if it can. */
  private static String loads(Path server, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(server.toString(), "--no-defaults", "--version")
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : output;
    } catch (IOException e) {
      throw new EngineStartException("MySQL could not be tried: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineStartException("The start of MySQL was interrupted", e);
    }
  }

  @Override
  public String jdbcUrl() {
    return MySqlProtocol.url(port(), MySqlProtocol.DEFAULT_DATABASE);
  }

  @Override
  public String jdbcUrl(String database) {
    return MySqlProtocol.url(port(), identifier(database));
  }

  @Override
  public void createDatabase(String database) {
    execute("CREATE DATABASE IF NOT EXISTS `%s`".formatted(identifier(database)));
  }

  @Override
  void stop(ServerProcess process) {
    process.stop("TERM", Duration.ofSeconds(60));
  }
}
