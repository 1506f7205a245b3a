package org.etlsandbox.engines;

import java.sql.Connection;
import java.sql.SQLException;

/** What MariaDB and MySQL have in common: driver, accounts, databases. */
final class MySqlProtocol {
  static final String USERNAME = "etl";
  static final String DEFAULT_DATABASE = "sakila";

  /** SQLState class 08, connection exception: what the driver says while nothing listens yet. */
  private static final String NO_CONNECTION = "08";

  private MySqlProtocol() {}

  /**
   * No TLS, because it never leaves the machine; without it MySQL 8's password exchange needs the
   * server's public key.
   */
  static String url(int port, String database) {
    return "jdbc:mysql://127.0.0.1:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
        .formatted(port, database);
  }

  /** Statements for {@code --init-file}: one a line, valid on a new and on a resumed server. */
  static String accounts(String password) {
    StringBuilder statements = new StringBuilder();
    String quoted = password.replace("\\", "\\\\").replace("'", "''");
    for (String host : new String[] {"127.0.0.1", "localhost"}) {
      String user = "'%s'@'%s'".formatted(USERNAME, host);
      statements
          .append("CREATE USER IF NOT EXISTS %s;\n".formatted(user))
          .append("ALTER USER %s IDENTIFIED BY '%s';\n".formatted(user, quoted))
          .append("GRANT ALL PRIVILEGES ON *.* TO %s WITH GRANT OPTION;\n".formatted(user));
    }
    return statements
        .append("CREATE DATABASE IF NOT EXISTS %s;\n".formatted(DEFAULT_DATABASE))
        .toString();
  }

  static boolean answers(String url, String password) throws SQLException {
    try (Connection connection = RunningEngine.connect(url, USERNAME, password)) {
      return connection.isValid(5);
    } catch (SQLException e) {
      if (e.getSQLState() != null && e.getSQLState().startsWith(NO_CONNECTION)) {
        return false;
      }
      throw e;
    }
  }
}
