package org.etlsandbox.sakila;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
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

  private static final String MARKS =
      """
      CREATE TABLE IF NOT EXISTS etl_setup.seed (
        database_name VARCHAR(64) NOT NULL PRIMARY KEY,
        complete BOOLEAN NOT NULL)
      """;

  private final MysqlDataSource jupiter;
  private final MysqlDataSource outside;
  private final String database;

  /**
   * @param url with the database that is to be Jupiter's
   */
  JupiterSetup(String url, String username, String password) {
    int query = url.indexOf('?');
    int end = query < 0 ? url.length() : query;
    int start = url.lastIndexOf('/', end) + 1;
    this.database = url.substring(start, end);
    // It stands in statements that take no parameter there
    if (!database.matches("[a-z_][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "JUPITER_URL names database '" + database + "': use a-z, 0-9 and _.");
    }
    this.jupiter = dataSource(url, username, password);
    // why: a connection needs a database that is there
    this.outside =
        dataSource(
            url.substring(0, start) + "information_schema" + url.substring(end),
            username,
            password);
  }

  public static void main(String[] args) throws Exception {
    Environment environment = Environment.ofProcess();
    JupiterSetup setup =
        new JupiterSetup(
            environment.get("JUPITER_URL"),
            environment.get("JUPITER_USERNAME"),
            environment.secret("JUPITER_PASSWORD_FILE"));
    String command = args.length == 1 ? args[0] : "";
    switch (command) {
      case "seed" -> {
        setup.seed(Long.parseLong(environment.get("RENTALS")));
        setup.account(
            environment.get("READER_USERNAME"), environment.secret("READER_PASSWORD_FILE"));
        System.out.println("Jupiter is ready.");
      }
      case "churn" -> setup.churn(Integer.parseInt(environment.get("CHURN")));
      default ->
          throw new IllegalArgumentException("Give 'seed' or 'churn', not '" + command + "'.");
    }
  }

  /**
   * Does nothing if an earlier call was finished.
   *
   * @throws IllegalStateException if there is a database of that name that was not made here
   */
  void seed(long rentals) throws SQLException {
    if (isComplete()) {
      return;
    }
    try (Connection connection = outside.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + database);
      statement.execute("CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
    }
    try (Connection connection = jupiter.getConnection()) {
      SakilaSchema.create(connection, true);
    }
    SakilaSeed seed = SakilaSeed.builder().rentals(rentals).build();
    seed.load(jupiter);
    mark("UPDATE etl_setup.seed SET complete = TRUE WHERE database_name = ?");
    System.out.println("Jupiter has " + seed.totalRows() + " rows.");
  }

  /** Whether an earlier seed was finished; leaves a mark that one has begun. */
  private boolean isComplete() throws SQLException {
    try (Connection connection = outside.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS etl_setup");
      statement.execute(MARKS);
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT complete FROM etl_setup.seed WHERE database_name = ?")) {
        query.setString(1, database);
        try (ResultSet mark = query.executeQuery()) {
          if (mark.next()) {
            return mark.getBoolean(1);
          }
        }
      }
      if (has(connection, database)) {
        throw new IllegalStateException(
            "Database '%s' was not made here and stays as it is: drop it or name another one in JUPITER_URL."
                .formatted(database));
      }
    }
    mark("INSERT INTO etl_setup.seed VALUES (?, FALSE)");
    return false;
  }

  /** Whether the connection's current database was made here. */
  public static boolean hasMade(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet mark =
            statement.executeQuery(
                "SELECT complete FROM etl_setup.seed WHERE database_name = DATABASE()")) {
      return mark.next() && mark.getBoolean(1);
    } catch (SQLSyntaxErrorException e) {
      // There are no marks, or they are not for this account to see
      return false;
    }
  }

  private void mark(String sql) throws SQLException {
    try (Connection connection = outside.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      statement.executeUpdate();
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

  /** The account of the workers, with what docs/polling.md asks for. */
  void account(String name, String password) throws SQLException {
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

  private void churn(int transactionsPerSecond) throws SQLException, InterruptedException {
    Churn churn =
        Churn.builder().dataSource(jupiter).transactionsPerSecond(transactionsPerSecond).build();
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

  private static MysqlDataSource dataSource(String url, String username, String password) {
    MysqlDataSource source = new MysqlDataSource();
    source.setUrl(url);
    source.setUser(username);
    source.setPassword(password);
    return source;
  }
}
