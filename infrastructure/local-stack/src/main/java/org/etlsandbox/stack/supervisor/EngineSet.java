package org.etlsandbox.stack.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.engines.ClickHouseEngine;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.engines.MariaDbEngine;
import org.etlsandbox.engines.MySqlEngine;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.EnginePorts;
import org.etlsandbox.stack.directory.Secrets;
import org.etlsandbox.stack.plan.JupiterKind;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.StackOptions;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections.Login;
import org.etlsandbox.stack.state.StoreState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded engines of a stack: started at the same time, stopped at the same time. */
final class EngineSet implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EngineSet.class);

  /** One server process; the PostgreSQL that stands in serves both Mars and Venus. */
  private record Server(
      String name, List<Store> stores, Function<EngineOptions, ? extends Engine> starter) {}

  private final StackOptions options;
  private final DataDirectory directory;
  private final Journal journal;
  private final Map<String, Engine> engines = new LinkedHashMap<>();
  private final Map<Store, Login> logins = new EnumMap<>(Store.class);

  EngineSet(StackOptions options, DataDirectory directory, Journal journal) {
    this.options = options;
    this.directory = directory;
    this.journal = journal;
  }

  /**
   * Starts them all. What had started before a failure is stopped by {@link #close()}.
   *
   * @return how to get into each database that runs; an engine that cannot run here is left out and
   *     reported missing
   * @throws StackFailure if an engine that could run does not start, or if it is one without which
   *     nothing works
   */
  Map<Store, Login> start() throws InterruptedException {
    Secrets secrets = Secrets.of(directory);
    EnginePorts ports = EnginePorts.of(directory);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starts = new ArrayList<>();
      for (Server server : servers()) {
        EngineOptions engineOptions = optionsOf(server, secrets, ports);
        starts.add(executor.submit(() -> start(server, engineOptions)));
      }
      for (Future<?> start : starts) {
        start.get();
      }
    } catch (ExecutionException e) {
      throw StackFailure.failed(Causes.outermost(e.getCause() == null ? e : e.getCause()), e);
    }
    synchronized (this) {
      return new EnumMap<>(logins);
    }
  }

  private List<Server> servers() {
    Function<EngineOptions, ? extends Engine> jupiter =
        options.jupiter() == JupiterKind.MYSQL ? MySqlEngine::start : MariaDbEngine::start;
    return List.of(
            new Server("jupiter", List.of(Store.JUPITER), jupiter),
            new Server("control", List.of(Store.CONTROL), PostgreSqlEngine::start),
            new Server("neptune", List.of(Store.NEPTUNE), PostgreSqlEngine::start),
            new Server("standin", List.of(Store.MARS, Store.VENUS), PostgreSqlEngine::start),
            new Server("clickhouse", List.of(Store.CLICKHOUSE), ClickHouseEngine::start))
        .stream()
        .map(server ->
            new Server(
                server.name(),
                server.stores().stream().filter(store -> !options.isExternal(store)).toList(),
                server.starter()))
        .filter(server -> !server.stores().isEmpty())
        .toList();
  }

  private EngineOptions optionsOf(Server server, Secrets secrets, EnginePorts ports) {
    return EngineOptions.in(directory.engine(server.name()))
        .port(ports.choose(server.name(), journal::note))
        .password(secrets.password(server.name()))
        .cacheDirectory(
            Optional.ofNullable(System.getProperty("etl.cache"))
                .map(Path::of)
                .orElseGet(EngineOptions::defaultCacheDirectory))
        .logFile(directory.logs().resolve(server.name() + ".log"))
        .build();
  }

  private void start(Server server, EngineOptions engineOptions) {
    Engine engine;
    try {
      engine = server.starter().apply(engineOptions);
    } catch (EngineUnavailableException e) {
      LOG.warn("{} cannot run here", server.name(), e);
      if (server.stores().contains(Store.JUPITER) || server.stores().contains(Store.CONTROL)) {
        throw e;
      }
      String reason = Causes.outermost(e);
      server.stores().forEach(store -> journal.put(StoreState.missing(store, reason)));
      return;
    }
    synchronized (this) {
      engines.put(server.name(), engine);
    }
    for (Store store : server.stores()) {
      // why: Jupiter's database is made when it is seeded
      if (store != Store.JUPITER) {
        engine.createDatabase(store.database());
      }
      String url = engine.jdbcUrl(store.database());
      synchronized (this) {
        logins.put(
            store, new Login(url, engine.username(), engine.password(), DatabaseTls.Mode.OFF));
      }
      journal.put(
          new StoreState(
              store, true, engine.product(), engine.version(), url, engine.pid(), null, false));
    }
  }

  /** Jupiter's server, if it is one of ours. */
  synchronized Optional<Engine> jupiter() {
    return Optional.ofNullable(engines.get("jupiter"));
  }

  /** The engines that have died, with the databases that they served. */
  synchronized Map<String, List<Store>> dead() {
    Map<String, List<Store>> dead = new LinkedHashMap<>();
    for (Server server : servers()) {
      Engine engine = engines.get(server.name());
      if (engine != null && !engine.isAlive()) {
        dead.put(server.name(), server.stores());
      }
    }
    return dead;
  }

  @Override
  public void close() {
    List<Engine> running;
    synchronized (this) {
      running = List.copyOf(engines.values());
      engines.clear();
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      running.forEach(engine ->
          executor.execute(() -> {
            try {
              engine.close();
            } catch (RuntimeException e) {
              LOG.error("Could not stop {}", engine, e);
            }
          }));
    }
  }
}
