package org.etlsandbox.sakila;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A fresh database on the server under test, dropped when closed. */
public final class TestDatabase implements AutoCloseable {

  private final TestServer server;
  private final String name;
  private final DataSource source;

  private TestDatabase(TestServer server, String name) {
    this.server = server;
    this.name = name;
    this.source = source("");
  }

  static TestDatabase empty(TestServer server, String name) throws SQLException {
    server.createDatabase(name);
    return new TestDatabase(server, name);
  }

  /** With Sakila's tables, empty. */
  static TestDatabase withSchema(TestServer server, String name, boolean lastUpdateIndexes)
      throws SQLException {
    TestDatabase database = empty(server, name);
    try (Connection c = database.source.getConnection()) {
      SakilaSchema.create(c, lastUpdateIndexes);
    }
    return database;
  }

  static TestDatabase seeded(TestServer server, String name, long rentals, long seed)
      throws SQLException {
    TestDatabase database = withSchema(server, name, true);
    SakilaSeed.builder().rentals(rentals).seed(seed).build().load(database.source);
    return database;
  }

  static TestDatabase empty(String name) throws SQLException {
    return empty(TestServer.usual(), name);
  }

  public static TestDatabase seeded(String name, long rentals, long seed) throws SQLException {
    return seeded(TestServer.usual(), name, rentals, seed);
  }

  public DataSource source() {
    return source;
  }

  /** The same database through sessions whose time zone is far from UTC. */
  DataSource sourceInAnotherZone() {
    return source("&sessionVariables=time_zone='-07:00'");
  }

  public long number(String sql) throws SQLException {
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
  public String checksum() throws Exception {
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

  private DataSource source(String options) {
    MysqlDataSource mysql = new MysqlDataSource();
    mysql.setUrl(server.url(name) + options);
    mysql.setUser(server.username());
    mysql.setPassword(server.password());
    return mysql;
  }
}
