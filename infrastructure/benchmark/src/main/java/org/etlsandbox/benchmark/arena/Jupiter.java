package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.MariaDbEngine;
import org.etlsandbox.engines.MySqlEngine;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.sakila.SakilaSeed;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.Progress;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The server to copy from. What was seeded stays in its directory for the next benchmark, and is
 * put back to what it was when somebody has changed it.
 */
public final class Jupiter implements AutoCloseable {

  /** All of it fits, as with a server that has been up for a while. */
  private static final String BUFFER_POOL = "1G";

  private static final String SCHEMA = "sakila";

  private final Engine engine;
  private final Path directory;
  private final Path client;
  private final long rentals;
  private final boolean mySql;
  private final Progress progress;
  private double seedSeconds;
  private Login shell = new Login("", "", "");

  private Jupiter(
      Engine engine, Path directory, Path client, long rentals, boolean mySql, Progress progress) {
    this.engine = engine;
    this.directory = directory;
    this.client = client;
    this.rentals = rentals;
    this.mySql = mySql;
    this.progress = progress;
  }

  static Jupiter open(Path parent, boolean mySql, long rentals, Progress progress)
      throws IOException, SQLException {
    Path directory =
        parent.resolve("jupiter-%s-%d".formatted(mySql ? "mysql" : "mariadb", rentals));
    EngineOptions options =
        EngineOptions.in(directory).setting("innodb_buffer_pool_size", BUFFER_POOL).build();
    Path client = MariaDbEngine.client(options.cacheDirectory());
    Engine engine = mySql ? MySqlEngine.start(options) : MariaDbEngine.start(options);
    Jupiter jupiter = new Jupiter(engine, directory, client, rentals, mySql, progress);
    try {
      PaymentChanges.undo(jupiter.login());
      jupiter.seedSeconds = jupiter.seed(SCHEMA, rentals);
      jupiter.shell = jupiter.shellUser();
      jupiter.warmUp(jupiter.login());
      return jupiter;
    } catch (IOException | SQLException | RuntimeException e) {
      jupiter.close();
      throw e;
    }
  }

  /** Seeds a schema, unless that was done before; returns how long it took, then or now. */
  private double seed(String schema, long size) throws IOException, SQLException {
    Path seeded = directory.resolve(schema.equals(SCHEMA) ? "seeded" : "seeded-" + schema);
    if (Files.exists(seeded)) {
      return Double.parseDouble(Files.readString(seeded));
    }
    long began = System.nanoTime();
    engine.createDatabase(schema);
    Login login = login(schema);
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE " + schema);
      statement.execute("CREATE DATABASE " + schema);
      statement.execute("USE " + schema);
      SakilaSchema.create(connection, true);
    }
    SakilaSeed.Builder builder = SakilaSeed.builder().rentals(size);
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
  private Login shellUser() throws SQLException {
    String password = UUID.randomUUID().toString();
    try (Connection connection = login().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP USER IF EXISTS shell");
      statement.execute(
          "CREATE USER shell IDENTIFIED %s BY '%s'"
              .formatted(mySql ? "WITH mysql_native_password" : "", password));
      statement.execute("GRANT SELECT ON sakila.* TO shell");
    }
    return new Login(engine.jdbcUrl(SCHEMA), "shell", password);
  }

  /** Into the buffer pool, for all alike. */
  private void warmUp(Login shop) throws SQLException {
    progress.say("reading Jupiter's tables once");
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      for (String table : SakilaSchema.joinedTables()) {
        statement.executeQuery("CHECKSUM TABLE " + table).close();
      }
      statement
          .executeQuery("SELECT COUNT(*) FROM payment FORCE INDEX (fk_payment_rental)")
          .close();
    }
  }

  private Login login(String schema) {
    return new Login(engine.jdbcUrl(schema), engine.username(), engine.password());
  }

  public Login login() {
    return login(SCHEMA);
  }

  /** Another, smaller shop on the same server; seeded when it is asked for the first time. */
  public Login smallShop(long size) throws IOException, SQLException {
    String schema = SCHEMA + "_" + size;
    seed(schema, size);
    warmUp(login(schema));
    return login(schema);
  }

  /** As the shell gets in. */
  Login shell() {
    return shell;
  }

  /** MariaDB's command line client, which MySQL answers as well. */
  Path client() {
    return client;
  }

  int port() {
    return engine.port();
  }

  long pid() {
    return engine.pid();
  }

  public long rentals() {
    return rentals;
  }

  /** How long it took to fill it, in this benchmark or in an earlier one. */
  public double seedSeconds() {
    return seedSeconds;
  }

  public String product() {
    return engine.product() + " " + engine.version();
  }

  @Override
  public void close() {
    engine.close();
  }
}
