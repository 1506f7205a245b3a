package org.etlsandbox.soak.commits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.etlsandbox.engines.ClickHouseEngine;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.sakila.SakilaSeed;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.Progress;
import org.etlsandbox.soak.stage.WorkerProcess;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Engines of its own, a seeded Jupiter, and the workers in step with it. Mars, Neptune and Venus
 * are databases of one PostgreSQL, unless {@code MARS_URL}, {@code NEPTUNE_URL} or {@code
 * VENUS_URL} name others, which must be empty.
 */
final class Stage implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofMinutes(4);

  private final Deque<Engine> engines = new ArrayDeque<>();
  private final Map<DestinationChoice, Login> destinations = new EnumMap<>(DestinationChoice.class);
  private final Map<DestinationChoice, WorkerProcess> workers =
      new EnumMap<>(DestinationChoice.class);
  private final Path directory;
  private Login jupiter = new Login("", "", "");
  private Login control = new Login("", "", "");

  private Stage(Path directory) {
    this.directory = directory;
  }

  /** Returns when all workers have loaded, swept once, and follow. */
  static Stage open(Trial trial, Progress progress)
      throws IOException, SQLException, InterruptedException {
    Stage stage = new Stage(Files.createTempDirectory("etl-soak-commits-"));
    try {
      progress.say("starting the engines");
      stage.startEngines(trial);
      progress.say("seeding %,d rentals".formatted(trial.rentals()));
      stage.seed(trial.rentals());
      progress.say("starting the workers");
      stage.startWorkers(trial);
      return stage;
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      stage.close();
      throw e;
    }
  }

  private void startEngines(Trial trial) {
    Engine source = trial.jupiter().start();
    engines.push(source);
    jupiter = new Login(source.jdbcUrl("sakila"), source.username(), source.password());
    Engine postgreSql = PostgreSqlEngine.start(EngineOptions.temporary());
    engines.push(postgreSql);
    control = database(postgreSql, "control");
    for (DestinationChoice destination : trial.destinations()) {
      destinations.put(destination, login(destination, postgreSql));
    }
  }

  private Login login(DestinationChoice destination, Engine postgreSql) {
    if (destination == DestinationChoice.CLICKHOUSE) {
      Engine clickHouse = ClickHouseEngine.start(EngineOptions.temporary());
      engines.push(clickHouse);
      return database(clickHouse, destination.key());
    }
    String url = System.getenv(destination.name() + "_URL");
    if (url == null || url.isBlank()) {
      return database(postgreSql, destination.key());
    }
    return new Login(
        url,
        System.getenv().getOrDefault(destination.name() + "_USERNAME", ""),
        System.getenv().getOrDefault(destination.name() + "_PASSWORD", ""));
  }

  private static Login database(Engine engine, String name) {
    engine.createDatabase(name);
    return new Login(engine.jdbcUrl(name), engine.username(), engine.password());
  }

  private void seed(int rentals) throws SQLException {
    try (Connection connection = jupiter.connect();
        Statement statement = connection.createStatement()) {
      SakilaSchema.create(connection, true);
      SakilaSeed.builder()
          .rentals(rentals)
          .build()
          .load(new DriverManagerDataSource(jupiter.url(), jupiter.username(), jupiter.password()));
      // Transactions that roll back use up ids, too
      statement.execute(
          "ALTER TABLE payment MODIFY payment_id INT UNSIGNED NOT NULL AUTO_INCREMENT");
    }
  }

  private void startWorkers(Trial trial) throws IOException, InterruptedException {
    for (DestinationChoice destination : trial.destinations()) {
      Map<String, Object> properties = new TreeMap<>();
      jupiter.addTo(properties, "etl.jupiter");
      control.addTo(properties, "etl.control");
      of(destination).addTo(properties, "etl.destination");
      properties.put("etl.poll.interval", trial.pollInterval().toMillis() + "ms");
      // The first one is over before the writers begin; a second one could hide what polling lost
      properties.put("etl.sweep.interval", "7d");
      workers.put(destination, WorkerProcess.start(destination, properties, directory));
    }
    for (WorkerProcess worker : workers.values()) {
      worker.await(
          "in step and swept",
          START_PATIENCE,
          status -> status.path("inStep").asBoolean() && status.path("sweptSeconds").isNumber());
    }
  }

  Login jupiter() {
    return jupiter;
  }

  Login control() {
    return control;
  }

  Login of(DestinationChoice destination) {
    Login login = destinations.get(destination);
    if (login == null) {
      throw new IllegalArgumentException("No database for " + destination.key());
    }
    return login;
  }

  Map<DestinationChoice, WorkerProcess> workers() {
    return workers;
  }

  /** Where the workers' logs are. */
  Path directory() {
    return directory;
  }

  /** Deletes the logs, which nobody needs when nothing went wrong; to be called when closed. */
  void forget() {
    try (Stream<Path> logs = Files.list(directory)) {
      for (Path log : logs.toList()) {
        Files.delete(log);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete " + directory, e);
    }
  }

  @Override
  public void close() {
    workers.values().forEach(WorkerProcess::close);
    engines.forEach(Engine::close);
  }
}
