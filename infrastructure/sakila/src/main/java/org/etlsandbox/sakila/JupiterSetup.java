package org.etlsandbox.sakila;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes an empty MySQL a Jupiter ({@code seed}) or keeps a shop busy in it ({@code churn}); for the
 * containers, which have nothing else that could.
 *
 * <p>{@code seed} also makes the account of the workers. It touches only a database that it made
 * itself: a {@code sakila} without its mark is refused, one that was cut short is made again.
 *
 * <p>Environment: {@code JUPITER_URL} (with the database), {@code JUPITER_USERNAME}, {@code
 * JUPITER_PASSWORD_FILE}; seed: {@code READER_USERNAME}, {@code READER_PASSWORD_FILE}, {@code
 * RENTALS}; churn: {@code CHURN}, transactions a second.
 */
public final class JupiterSetup {

  private static final String MARK = "CREATE TABLE etl_setup.seed (complete BOOLEAN NOT NULL)";

  private final MysqlDataSource jupiter;
  private final String database;

  private JupiterSetup(MysqlDataSource jupiter, String database) {
    this.jupiter = jupiter;
    this.database = database;
  }

  public static void main(String[] args) throws Exception {
    MysqlDataSource jupiter = new MysqlDataSource();
    jupiter.setUrl(setting("JUPITER_URL"));
    jupiter.setUser(setting("JUPITER_USERNAME"));
    jupiter.setPassword(secret("JUPITER_PASSWORD_FILE"));
    String command = args.length == 1 ? args[0] : "";
    switch (command) {
      case "seed" -> new JupiterSetup(jupiter, databaseOf(setting("JUPITER_URL"))).seed();
      case "churn" -> churn(jupiter);
      default ->
          throw new IllegalArgumentException("Give 'seed' or 'churn', not '" + command + "'.");
    }
  }

  private void seed() throws SQLException, IOException {
    if (!isComplete()) {
      try (Connection connection = outside().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP DATABASE IF EXISTS " + database);
        statement.execute("CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
      }
      try (Connection connection = jupiter.getConnection()) {
        SakilaSchema.create(connection, true);
      }
      SakilaSeed seed = SakilaSeed.builder().rentals(Long.parseLong(setting("RENTALS"))).build();
      seed.load(jupiter);
      try (Connection connection = outside().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO etl_setup.seed VALUES (TRUE)");
      }
      System.out.println("Jupiter has " + seed.totalRows() + " rows.");
    }
    account(setting("READER_USERNAME"), secret("READER_PASSWORD_FILE"));
    System.out.println("Jupiter is ready.");
  }

  /** Whether an earlier seed was finished; leaves a mark that one has begun. */
  private boolean isComplete() throws SQLException {
    try (Connection connection = outside().getConnection();
        Statement statement = connection.createStatement()) {
      boolean marked = has(connection, "etl_setup");
      if (!marked && has(connection, database)) {
        throw new IllegalStateException(
            "Database '%s' was not made here and stays as it is: drop it or name another one in JUPITER_URL."
                .formatted(database));
      }
      if (!marked) {
        statement.execute("CREATE DATABASE etl_setup");
        statement.execute(MARK);
      }
      try (ResultSet complete = statement.executeQuery("SELECT complete FROM etl_setup.seed")) {
        return complete.next();
      }
    }
  }

  private static boolean has(Connection connection, String database) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT 1 FROM information_schema.schemata WHERE schema_name = ?")) {
      query.setString(1, database);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  // What docs/polling.md asks for
  private void account(String name, String password) throws SQLException {
    try (Connection connection = jupiter.getConnection();
        PreparedStatement create =
            connection.prepareStatement("CREATE USER IF NOT EXISTS ?@'%' IDENTIFIED BY ?");
        PreparedStatement change =
            connection.prepareStatement("ALTER USER ?@'%' IDENTIFIED BY ?")) {
      for (PreparedStatement statement : new PreparedStatement[] {create, change}) {
        statement.setString(1, name);
        statement.setString(2, password);
        statement.execute();
      }
      for (String table : SakilaSchema.joinedTables()) {
        grant(connection, "SELECT ON " + database + "." + table, name);
      }
      grant(connection, "PROCESS ON *.*", name);
      if (!connection.getMetaData().getDatabaseProductVersion().contains("MariaDB")) {
        for (String table :
            new String[] {
              "setup_consumers", "setup_instruments", "threads", "events_transactions_current"
            }) {
          grant(connection, "SELECT ON performance_schema." + table, name);
        }
      }
    }
  }

  private static void grant(Connection connection, String what, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("GRANT " + what + " TO ?@'%'")) {
      statement.setString(1, name);
      statement.execute();
    }
  }

  private static void churn(MysqlDataSource jupiter) throws SQLException, InterruptedException {
    Churn churn =
        Churn.builder()
            .dataSource(jupiter)
            .transactionsPerSecond(Integer.parseInt(setting("CHURN")))
            .build();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  churn.close();
                  ended.countDown();
                }));
    churn.start();
    System.out.println("The shop works.");
    while (!ended.await(1, TimeUnit.SECONDS)) {
      Throwable failure = churn.failure();
      if (failure != null) {
        throw new SQLException("The churn ended: " + failure.getMessage(), failure);
      }
    }
  }

  // why: a connection needs a database that is there
  private MysqlDataSource outside() {
    MysqlDataSource source = new MysqlDataSource();
    source.setUrl(setting("JUPITER_URL").replace("/" + database, "/information_schema"));
    source.setUser(jupiter.getUser());
    source.setPassword(jupiter.getPassword());
    return source;
  }

  private static String databaseOf(String url) {
    String database = url.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
    if (!database.matches("[a-z_][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "JUPITER_URL names database '" + database + "': use a-z, 0-9 and _.");
    }
    return database;
  }

  private static String setting(String name) {
    return Optional.ofNullable(System.getenv(name))
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> new IllegalStateException(name + " is not set."));
  }

  private static String secret(String name) throws IOException {
    return Files.readString(Path.of(setting(name))).strip();
  }
}
