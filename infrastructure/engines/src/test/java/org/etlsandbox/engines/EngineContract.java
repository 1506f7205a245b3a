package org.etlsandbox.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine must do. A leaf names its engine. */
abstract class EngineContract {
  @TempDir Path directory;
  private final List<Engine> started = new ArrayList<>();

  abstract Engine startEngine(EngineOptions options);

  /** File name of the server program. */
  abstract String program();

  /** A table with an {@code id} and a {@code name}. */
  String createTable() {
    return "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(50))";
  }

  EngineOptions options() {
    return EngineOptions.in(directory.resolve("engine"))
        .password("pa'ss\\word")
        .durable(false)
        .build();
  }

  final Engine start(EngineOptions options) {
    try {
      Engine engine = startEngine(options);
      started.add(engine);
      return engine;
    } catch (EngineUnavailableException e) {
      return abort(e.getMessage());
    }
  }

  @AfterEach
  void stopAll() {
    started.forEach(Engine::close);
    assertThat(LeftOver.on(options().dataDirectory().resolve("data"), program())).isEmpty();
  }

  @Test
  void keepsDataFromOneStartToTheNext() throws SQLException {
    EngineOptions durable = options().toBuilder().durable(true).build();
    Engine first = start(durable);
    execute(first, createTable());
    execute(first, "INSERT INTO item VALUES (1, 'Zoë’s 🎬')");
    long pid = first.pid();
    first.close();
    first.close();
    assertThat(first.isAlive()).isFalse();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();

    Engine second = start(durable);
    assertThat(ask(second, "SELECT name FROM item WHERE id = 1")).isEqualTo("Zoë’s 🎬");
  }

  @Test
  void resumesAfterItsServerWasKilled() throws Exception {
    Engine first = start(options());
    execute(first, createTable());
    execute(first, "INSERT INTO item VALUES (1, 'kept')");
    ProcessHandle server = ProcessHandle.of(first.pid()).orElseThrow();
    server.destroyForcibly();
    server.onExit().get();
    assertThat(first.isAlive()).isFalse();
    first.close();

    Engine second = start(options());
    assertThat(ask(second, "SELECT name FROM item WHERE id = 1")).isEqualTo("kept");
  }

  @Test
  void resumesAfterItsOwnerWasKilled() throws Exception {
    Path data = options().dataDirectory().resolve("data");
    List<ProcessHandle> leftOver;
    try (Owner owner = Owner.start(options().dataDirectory(), product())) {
      abortIfUnavailable(owner);
      leftOver = LeftOver.on(data, program());
      assertThat(leftOver).isNotEmpty();
      owner.kill();
    }

    Engine again = start(options());

    assertThat(ask(again, "SELECT 1")).isEqualTo("1");
    for (ProcessHandle process : leftOver) {
      // why waited for: an ended orphan counts as alive until init has collected it
      process.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  private static void abortIfUnavailable(Owner owner) {
    if (owner.answer().startsWith("unavailable ")) {
      abort(owner.answer());
    }
    assertThat(owner.answer()).startsWith("started ");
  }

  private String product() {
    return getClass().getSimpleName().replace("EngineTest", "");
  }

  @Test
  void redoesAnInterruptedMaking() throws Exception {
    start(options()).close();
    Path home = options().dataDirectory();
    Path properties = home.resolve("engine.properties");
    Files.writeString(
        properties, Files.readString(properties).replace("state=complete", "state=initialising"));
    Files.writeString(home.resolve("data/half-made"), "x");

    Engine again = start(options());

    assertThat(ask(again, "SELECT 1")).isEqualTo("1");
    assertThat(home.resolve("data/half-made")).doesNotExist();
  }

  @Test
  void namesATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(() -> start(options().toBuilder().port(taken.getLocalPort()).build()))
          .isInstanceOf(EngineStartException.class)
          .hasMessageContaining("Port " + taken.getLocalPort());
    }
  }

  @Test
  void refusesADirectoryInUse() {
    start(options());
    assertThatThrownBy(() -> start(options()))
        .isInstanceOf(EngineStartException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void refusesADirectoryOfAnotherVersion() throws Exception {
    start(options()).close();
    Path properties = options().dataDirectory().resolve("engine.properties");
    Files.writeString(
        properties, Files.readString(properties).replaceFirst("version=.*", "version=0.1"));
    assertThatThrownBy(() -> start(options()))
        .isInstanceOf(EngineStartException.class)
        .hasMessageContaining(" 0.1,")
        .hasMessageContaining("--fresh");
  }

  @Test
  void takesTheNewPasswordOnResume() throws SQLException {
    start(options()).close();
    Engine again = start(options().toBuilder().password("another").build());
    assertThat(again.password()).isEqualTo("another");
    assertThat(ask(again, "SELECT 1")).isEqualTo("1");
    assertThatThrownBy(() ->
            RunningEngine.connect(again.jdbcUrl(), again.username(), "pa'ss\\word")
                .createStatement()
                .executeQuery("SELECT 1"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void temporaryEngineLeavesNothing() throws SQLException {
    EngineOptions temporary = EngineOptions.temporary();
    Engine engine = start(temporary);
    assertThat(engine.password()).isNotEmpty();
    engine.createDatabase("other");
    engine.createDatabase("other");
    assertThat(
            RunningEngine.ask(
                engine.jdbcUrl("other"), engine.username(), engine.password(), "SELECT 1"))
        .isEqualTo("1");
    assertThat(version(engine)).contains(engine.version());
    Optional<ProcessHandle> server = ProcessHandle.of(engine.pid());
    engine.close();
    assertThat(temporary.dataDirectory()).doesNotExist();
    assertThat(server.filter(ProcessHandle::isAlive)).isEmpty();
  }

  private static String version(Engine engine) throws SQLException {
    return ask(engine, "SELECT version()");
  }

  static String ask(Engine engine, String sql) throws SQLException {
    return RunningEngine.ask(engine.jdbcUrl(), engine.username(), engine.password(), sql);
  }

  static void execute(Engine engine, String sql) throws SQLException {
    try (Connection connection =
            RunningEngine.connect(engine.jdbcUrl(), engine.username(), engine.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
