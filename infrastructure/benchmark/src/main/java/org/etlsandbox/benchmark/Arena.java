package org.etlsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.MariaDbEngine;
import org.etlsandbox.engines.MySqlEngine;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.sakila.SakilaSeed;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.Progress;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Engines with fsync, a Jupiter with so many rentals, and empty databases to copy into. Jupiter's
 * data stays in its directory for the next benchmark.
 */
final class Arena implements AutoCloseable {

  /** All of Jupiter fits, as with a server that has been up for a while. */
  private static final String BUFFER_POOL = "1G";

  private final Deque<Engine> engines = new ArrayDeque<>();
  private final Path directory;
  private final Engine jupiterEngine;
  private final Engine postgreSql;
  private final Path client;
  private final Login shell;
  private final double seedSeconds;
  private int databases;

  private Arena(Path directory, boolean mySql, long rentals, Progress progress)
      throws IOException, SQLException {
    this.directory = directory;
    try {
      progress.say("starting the engines");
      Path data =
          directory.resolve("jupiter-%s-%d".formatted(mySql ? "mysql" : "mariadb", rentals));
      EngineOptions options =
          EngineOptions.in(data).setting("innodb_buffer_pool_size", BUFFER_POOL).build();
      client = MariaDbEngine.client(options.cacheDirectory());
      jupiterEngine = mySql ? MySqlEngine.start(options) : MariaDbEngine.start(options);
      engines.push(jupiterEngine);
      postgreSql =
          PostgreSqlEngine.start(
              EngineOptions.in(directory.resolve("postgresql-" + ProcessHandle.current().pid()))
                  .ephemeral(true)
                  .build());
      engines.push(postgreSql);
      seedSeconds = seed(data.resolve("seeded"), rentals, progress);
      shell = shellUser(mySql);
      warmUp(progress);
    } catch (IOException | SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  static Arena open(Path directory, boolean mySql, long rentals, Progress progress)
      throws IOException, SQLException {
    return new Arena(directory, mySql, rentals, progress);
  }

  private double seed(Path seeded, long rentals, Progress progress)
      throws IOException, SQLException {
    if (Files.exists(seeded)) {
      return Double.parseDouble(Files.readString(seeded));
    }
    long began = System.nanoTime();
    Login login = jupiter();
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE sakila");
      statement.execute("CREATE DATABASE sakila");
      statement.execute("USE sakila");
      SakilaSchema.create(connection, true);
    }
    SakilaSeed.Builder builder = SakilaSeed.builder().rentals(rentals);
    long total = builder.build().totalRows();
    builder
        .progress(rows -> progress.say("seeding Jupiter: %,d of %,d rows".formatted(rows, total)))
        .build()
        .load(new DriverManagerDataSource(login.url(), login.username(), login.password()));
    double seconds = (System.nanoTime() - began) / 1e9;
    Files.writeString(seeded, Double.toString(seconds));
    return seconds;
  }

  /** MariaDB's client comes without the plugin for MySQL's default way to log in. */
  private Login shellUser(boolean mySql) throws SQLException {
    String password = UUID.randomUUID().toString();
    try (Connection connection = jupiter().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP USER IF EXISTS shell");
      statement.execute(
          "CREATE USER shell IDENTIFIED %s BY '%s'"
              .formatted(mySql ? "WITH mysql_native_password" : "", password));
      statement.execute("GRANT SELECT ON sakila.* TO shell");
    }
    return new Login(jupiterEngine.jdbcUrl("sakila"), "shell", password);
  }

  /** Into the buffer pool, for all alike. */
  private void warmUp(Progress progress) throws SQLException {
    progress.say("reading Jupiter's tables once");
    try (Connection connection = jupiter().connect();
        Statement statement = connection.createStatement()) {
      for (String table : SakilaSchema.joinedTables()) {
        statement.executeQuery("CHECKSUM TABLE " + table).close();
      }
      statement
          .executeQuery("SELECT COUNT(*) FROM payment FORCE INDEX (fk_payment_rental)")
          .close();
    }
  }

  String source() {
    return jupiterEngine.product() + " " + jupiterEngine.version();
  }

  String destination() {
    return postgreSql.product() + " " + postgreSql.version();
  }

  /** How long it took to fill Jupiter, in this benchmark or in an earlier one. */
  double seedSeconds() {
    return seedSeconds;
  }

  Path directory() {
    return directory;
  }

  Login jupiter() {
    return new Login(
        jupiterEngine.jdbcUrl("sakila"), jupiterEngine.username(), jupiterEngine.password());
  }

  /** Jupiter as the shell gets in. */
  Login shell() {
    return shell;
  }

  int jupiterPort() {
    return jupiterEngine.port();
  }

  int postgreSqlPort() {
    return postgreSql.port();
  }

  /** A new, empty database in PostgreSQL. */
  Login newDatabase() {
    String name = "bench_" + ++databases;
    postgreSql.createDatabase(name);
    return new Login(postgreSql.jdbcUrl(name), postgreSql.username(), postgreSql.password());
  }

  void drop(Login database) throws SQLException {
    try (Connection connection =
            new Login(postgreSql.jdbcUrl("postgres"), postgreSql.username(), postgreSql.password())
                .connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE " + nameOf(database) + " WITH (FORCE)");
    }
  }

  static String nameOf(Login database) {
    String path = database.url().replaceFirst("\\?.*", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Of source and destination. */
  Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put("source", jupiterEngine.pid());
    pids.put("destination", postgreSql.pid());
    return pids;
  }

  /** Of source and destination, and of a client. */
  Map<String, Long> pids(long client) {
    Map<String, Long> pids = pids();
    pids.put("client", client);
    return pids;
  }

  /** MariaDB's command line client, which MySQL answers as well. */
  Path client() {
    return client;
  }

  /** Rentals in Jupiter. */
  long rentals() throws SQLException {
    try (Connection connection = jupiter().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM rental")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    engines.forEach(Engine::close);
  }
}
