package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.etlsandbox.connection.SqlServerUrl;
import org.etlsandbox.engines.ClickHouseEngine;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.Progress;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.jspecify.annotations.Nullable;

/**
 * Engines with fsync, a Jupiter, and empty databases to copy into. Each engine starts when it is
 * asked for.
 */
public final class Arena implements AutoCloseable {

  // From 512 MB on PostgreSQL's WAL buffers have their full size by themselves; the 64 MB of the
  // local stack keep those who write at the same time waiting for each other
  private static final String SHARED_BUFFERS = "512MB";

  /** No checkpoint in the middle of a lap, for nobody. */
  private static final String MAX_WAL_SIZE = "4GB";

  private final Deque<Engine> engines = new ArrayDeque<>();
  private final Path directory;
  private final Jupiter jupiter;
  private @Nullable Engine postgreSql;
  private @Nullable Engine clickHouse;
  private int databases;

  private Arena(Path directory, Jupiter jupiter) {
    this.directory = directory;
    this.jupiter = jupiter;
  }

  /**
   * @param directory where the seeded Jupiter is kept, and logs go
   */
  public static Arena open(Path directory, boolean mySql, long rentals, Progress progress)
      throws IOException, SQLException {
    progress.say("starting the engines");
    return new Arena(directory, Jupiter.open(directory, mySql, rentals, progress));
  }

  public Jupiter jupiter() {
    return jupiter;
  }

  public Path directory() {
    return directory;
  }

  private Engine postgreSql() {
    if (postgreSql == null) {
      postgreSql =
          PostgreSqlEngine.start(
              forThisRunOnly("postgresql").toBuilder()
                  .setting("shared_buffers", SHARED_BUFFERS)
                  .setting("max_wal_size", MAX_WAL_SIZE)
                  .build());
      engines.push(postgreSql);
    }
    return postgreSql;
  }

  private Engine clickHouse() {
    if (clickHouse == null) {
      clickHouse = ClickHouseEngine.start(forThisRunOnly("clickhouse"));
      engines.push(clickHouse);
    }
    return clickHouse;
  }

  private EngineOptions forThisRunOnly(String product) {
    return EngineOptions.in(directory.resolve(product + "-" + ProcessHandle.current().pid()))
        .ephemeral(true)
        .build();
  }

  int postgreSqlPort() {
    return postgreSql().port();
  }

  /** Whether Mars and Venus are what they are meant to be, because {@code MARS_URL} names one. */
  public static boolean hasSqlServer() {
    return SqlServerUrl.isOne(System.getenv().getOrDefault("MARS_URL", ""));
  }

  /** A new, empty database for workers to keep their books in. */
  public Database newControl() {
    return newPostgreSql(DestinationChoice.NEPTUNE, "");
  }

  /**
   * A new, empty database to copy into. Where no SQL Server is named, PostgreSQL stands in for it.
   *
   * @throws EngineUnavailableException when its engine cannot run here
   */
  public Database newDestination(DestinationChoice destination) {
    return switch (destination) {
      case NEPTUNE -> newPostgreSql(destination, "");
      case MARS, VENUS ->
          hasSqlServer()
              ? newSqlServer(destination)
              : newPostgreSql(destination, ", stand-in for SQL Server");
      case CLICKHOUSE -> newClickHouse();
    };
  }

  private String nextName() {
    return "bench_" + ++databases;
  }

  private Database newPostgreSql(DestinationChoice destination, String remark) {
    Engine engine = postgreSql();
    String name = nextName();
    engine.createDatabase(name);
    return new Database(
        destination,
        Product.POSTGRESQL,
        login(engine, name),
        product(engine) + remark,
        OptionalLong.of(engine.pid()),
        () -> execute(login(engine, "postgres"), "DROP DATABASE " + name + " WITH (FORCE)"));
  }

  private Database newClickHouse() {
    Engine engine = clickHouse();
    String name = nextName();
    engine.createDatabase(name);
    return new Database(
        DestinationChoice.CLICKHOUSE,
        Product.CLICKHOUSE,
        login(engine, name),
        product(engine),
        OptionalLong.of(engine.pid()),
        () -> execute(login(engine, "default"), "DROP DATABASE " + name + " SYNC"));
  }

  private static Database newSqlServer(DestinationChoice destination) {
    TestDatabase database = TestEngines.sqlServer().newDatabase();
    return new Database(
        destination,
        database.engine().startsWith("Babelfish") ? Product.BABELFISH : Product.SQLSERVER,
        new Login(database.url(), database.username(), database.password()),
        database.engine(),
        OptionalLong.empty(),
        database::close);
  }

  private static Login login(Engine engine, String database) {
    return new Login(engine.jdbcUrl(database), engine.username(), engine.password());
  }

  private static String product(Engine engine) {
    return engine.product() + " " + engine.version();
  }

  private static void execute(Login login, String sql) {
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("%s at %s: %s".formatted(sql, login, e.getMessage()), e);
    }
  }

  /** Of the servers that a copy into this database keeps busy, by the names of the report. */
  public Map<String, Long> servers(Database destination) {
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put("source", jupiter.pid());
    destination.server().ifPresent(pid -> pids.put("destination", pid));
    return pids;
  }

  /** Of all servers of this arena that run by now. */
  public Map<String, Long> servers() {
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put("source", jupiter.pid());
    engines.forEach(engine -> pids.put(engine.product(), engine.pid()));
    return pids;
  }

  @Override
  public void close() {
    try {
      engines.forEach(Engine::close);
    } finally {
      jupiter.close();
    }
  }
}
