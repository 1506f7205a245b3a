package org.etlsandbox.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etlsandbox.engines.RunningEngine.Started;

/**
 * Makes and serves a data directory of MariaDB or MySQL.
 *
 * @param product its name
 * @param dataVersion what can be resumed: {@code 11.4}
 * @param server the server program
 * @param making the command that makes the data directory, which it gets appended as {@code
 *     --datadir=}
 * @param serving arguments of this product that always hold
 * @param notDurable arguments that leave out fsync
 * @param accounts statements of this product that run at each start, after those that all share
 * @param environment of its processes
 */
record MySqlLauncher(
    String product,
    String dataVersion,
    Path server,
    List<String> making,
    List<String> serving,
    List<String> notDurable,
    String accounts,
    Map<String, String> environment) {

  Started start(EngineOptions options) {
    EngineHome home =
        EngineHome.open(options, product, dataVersion, server.getFileName().toString());
    return RunningEngine.starting(
        home,
        product,
        () -> {
          int port = ServerProcess.port(product, options.port());
          home.makeOnce(() -> make(home, options));
          return serve(home, options, port);
        });
  }

  private void make(EngineHome home, EngineOptions options) throws IOException {
    List<String> command = new ArrayList<>(making);
    command.add("--datadir=" + home.data());
    command.addAll(asRoot());
    if (!options.durable()) {
      command.addAll(notDurable);
    }
    ServerProcess.run(product, command, environment, options.log(), "");
  }

  private Started serve(EngineHome home, EngineOptions options, int port)
      throws IOException, SQLException {
    String password = RunningEngine.passwordOf(options);
    Path initFile = home.file("init.sql");
    Secrets.write(initFile, MySqlProtocol.accounts(password) + accounts);
    try {
      ServerProcess process =
          ServerProcess.start(
              product, command(home, options, port, initFile), environment, options.log());
      try {
        String url = MySqlProtocol.url(port, MySqlProtocol.DEFAULT_DATABASE);
        process.awaitAnswer(options.startTimeout(), () -> MySqlProtocol.answers(url, password));
        String version =
            RunningEngine.ask(url, MySqlProtocol.USERNAME, password, "SELECT version()");
        return new Started(home, process, port, password, version);
      } catch (SQLException | RuntimeException e) {
        process.stop("TERM", Duration.ofSeconds(10));
        throw e;
      }
    } finally {
      Files.deleteIfExists(initFile);
    }
  }

  private List<String> command(EngineHome home, EngineOptions options, int port, Path initFile) {
    List<String> command = new ArrayList<>(List.of(server.toString(), "--no-defaults"));
    command.addAll(asRoot());
    command.addAll(
        List.of(
            "--datadir=" + home.data(),
            "--port=" + port,
            "--bind-address=127.0.0.1",
            // why relative, to the data directory: a socket's path may have 107 bytes at most
            "--socket=mysql.sock",
            "--pid-file=mysql.pid",
            "--init-file=" + initFile,
            "--skip-name-resolve",
            "--character-set-server=utf8mb4",
            "--default-time-zone=+00:00",
            "--innodb-buffer-pool-size=128M"));
    command.addAll(serving);
    if (!options.durable()) {
      // why 2, not 0: a commit reaches the system, and so outlives a killed server
      command.add("--innodb-flush-log-at-trx-commit=2");
      command.addAll(notDurable);
    }
    options.settings().forEach((name, value) -> command.add("--" + name + "=" + value));
    return command;
  }

  /** Both refuse to run as root unless told to. */
  private static List<String> asRoot() {
    return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
  }
}
