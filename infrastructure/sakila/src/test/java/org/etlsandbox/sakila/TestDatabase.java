package org.etlsandbox.sakila;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A fresh database on the server under test, dropped when closed. */
final class TestDatabase implements AutoCloseable {

  private final String name;
  private final DataSource source;

  private TestDatabase(String name, DataSource source) {
    this.name = name;
    this.source = source;
  }

  /** With Sakila's tables, empty. */
  static TestDatabase withSchema(String name, boolean lastUpdateIndexes) throws SQLException {
    TestDatabase database = empty(name);
    try (Connection c = database.source.getConnection()) {
      SakilaSchema.create(c, lastUpdateIndexes);
    }
    return database;
  }

  static TestDatabase seeded(String name, long rentals, long seed) throws SQLException {
    TestDatabase database = withSchema(name, true);
    SakilaSeed.builder().rentals(rentals).seed(seed).build().load(database.source);
    return database;
  }

  static TestDatabase empty(String name) throws SQLException {
    try (Connection c = DriverManager.getConnection(url("", ""), credentials());
        Statement statement = c.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name);
      statement.execute("CREATE DATABASE " + name);
    }
    return new TestDatabase(name, source(name, ""));
  }

  DataSource source() {
    return source;
  }

  /** The same database through sessions whose time zone is far from UTC. */
  DataSource sourceInAnotherZone() {
    return source(name, "&sessionVariables=time_zone='-07:00'");
  }

  long number(String sql) throws SQLException {
    try (Connection c = source.getConnection();
        Statement statement = c.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  List<String> strings(String sql) throws SQLException {
    try (Connection c = source.getConnection();
        Statement statement = c.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> strings = new ArrayList<>();
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
      return strings;
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection c = source.getConnection();
        Statement statement = c.createStatement()) {
      statement.execute(sql);
    }
  }

  /** SHA-256 over all values of all tables as the server sends them, in UTC. */
  String checksum() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Connection c = source.getConnection();
        Statement statement = c.createStatement()) {
      statement.execute("SET time_zone = '+00:00'");
      for (String table : SakilaSchema.tables()) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
              byte[] value = rows.getBytes(i);
              digest.update((value == null ? "-" : value.length + ":").getBytes("US-ASCII"));
              digest.update(value == null ? new byte[0] : value);
            }
          }
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Columns of the primary key, separated by commas. */
  String key(String table) throws SQLException {
    return String.join(
        ", ",
        strings(
            """
            SELECT column_name FROM information_schema.key_column_usage
             WHERE table_schema = '%s' AND table_name = '%s' AND constraint_name = 'PRIMARY'
             ORDER BY ordinal_position
            """
                .formatted(name, table)));
  }

  /** An expression for all columns of the table but last_update, as one text. */
  String content(String table, String alias) throws SQLException {
    return strings(
            """
            SELECT column_name FROM information_schema.columns
             WHERE table_schema = '%s' AND table_name = '%s' AND column_name <> 'last_update'
             ORDER BY ordinal_position
            """
                .formatted(name, table))
        .stream()
        .map(column -> "COALESCE(HEX(" + alias + "." + column + "), '-')")
        .collect(Collectors.joining(", ", "CONCAT_WS(',', ", ")"));
  }

  @Override
  public void close() throws SQLException {
    execute("DROP DATABASE " + name);
  }

  private static DataSource source(String database, String options) {
    MysqlDataSource source = new MysqlDataSource();
    source.setUrl(url(database, options));
    source.setUser(credentials().getProperty("user"));
    source.setPassword(credentials().getProperty("password"));
    return source;
  }

  private static String url(String database, String options) {
    return environment("SAKILA_TEST_URL") + database + "?allowPublicKeyRetrieval=true" + options;
  }

  private static Properties credentials() {
    Properties credentials = new Properties();
    credentials.setProperty("user", environment("SAKILA_TEST_USERNAME"));
    credentials.setProperty("password", environment("SAKILA_TEST_PASSWORD"));
    return credentials;
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(
          name + " is not set: the tests need a MySQL or MariaDB, see README.md.");
    }
    return value;
  }
}
