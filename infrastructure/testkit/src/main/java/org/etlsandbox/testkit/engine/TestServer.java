package org.etlsandbox.testkit.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.SqlServerUrl;
import org.etlsandbox.engines.Engine;
import org.testcontainers.containers.JdbcDatabaseContainer;

/**
 * A running server on which tests may create databases.
 *
 * @param origin {@code embedded}, {@code container} or the variable that named it
 */
record TestServer(
    TestProduct product,
    String version,
    String origin,
    String url,
    String username,
    String password) {

  // jdbc:postgresql://host:port/database?parameters
  private static final Pattern JDBC_URL =
      Pattern.compile("(jdbc:[^/]+//[^/?]+)(?:/[^?]*)?(\\?.*)?");

  static TestServer embedded(TestProduct product, Engine engine) {
    return new TestServer(
        product,
        engine.product() + " " + numberOf(engine.version()),
        "embedded",
        engine.jdbcUrl(),
        engine.username(),
        engine.password());
  }

  static TestServer container(TestProduct product, JdbcDatabaseContainer<?> container) {
    return asked(
        product,
        "container",
        container.getJdbcUrl(),
        container.getUsername(),
        container.getPassword());
  }

  /** Connects to ask for the version. */
  static TestServer asked(
      TestProduct product, String origin, String url, String username, String password) {
    try (Connection connection = DriverManager.getConnection(url, username, password)) {
      return new TestServer(product, versionOf(connection), origin, url, username, password);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "No %s at %s (%s): %s. Correct or unset %s."
              .formatted(
                  product.title,
                  new ConnectionSettings(origin, url, username, password, 1).safeUrl(),
                  origin,
                  e.getMessage(),
                  origin),
          e);
    }
  }

  private static String versionOf(Connection connection) throws SQLException {
    if (SqlServerUrl.isOne(connection.getMetaData().getURL())) {
      return sqlServerVersion(connection);
    }
    return connection.getMetaData().getDatabaseProductName()
        + " "
        + numberOf(connection.getMetaData().getDatabaseProductVersion());
  }

  /** The driver says "Microsoft SQL Server" of whatever answers. */
  private static String sqlServerVersion(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet version =
            statement.executeQuery(
                """
                SELECT CAST(SERVERPROPERTY('BabelfishVersion') AS NVARCHAR(128)),
                       CAST(SERVERPROPERTY('ProductVersion') AS NVARCHAR(128))
                """)) {
      version.next();
      String babelfish = version.getString(1);
      return babelfish == null
          ? "SQL Server " + version.getString(2)
          : "Babelfish " + numberOf(babelfish);
    }
  }

  /** Of "18.6 (Debian 18.6-1)" or "11.4.5-MariaDB" the number. */
  private static String numberOf(String version) {
    return version.split("[ -]", 2)[0];
  }

  String label() {
    return "%s (%s)".formatted(version, origin);
  }

  String urlOf(String database) {
    if (SqlServerUrl.isOne(url)) {
      return SqlServerUrl.of(url).withDatabase(database).url();
    }
    Matcher parts = JDBC_URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalStateException(
          "%s is not of the form jdbc:product://host:port/database".formatted(origin));
    }
    String parameters = parts.group(2);
    return parts.group(1) + "/" + database + (parameters == null ? "" : parameters);
  }

  void create(String database) {
    execute("CREATE DATABASE " + database);
  }

  void drop(String database) {
    execute(product.dropDatabase.formatted(database));
  }

  OptionalInt sessionsIn(String database) {
    if (product.countSessions == null) {
      return OptionalInt.empty();
    }
    try (Connection connection = DriverManager.getConnection(url, username, password);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(product.countSessions.formatted(database))) {
      count.next();
      return OptionalInt.of(count.getInt(1));
    } catch (SQLException e) {
      throw new IllegalStateException("Could not count the sessions on " + label(), e);
    }
  }

  private void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url, username, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("On " + label() + ": " + sql, e);
    }
  }
}
