package org.etlsandbox.sqlserver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What answers at the other end, as it says itself.
 *
 * @param name product and version for people
 * @param isSqlServer whether it is Microsoft's; others that speak its protocol have no {@code
 *     ORDER} hint for a bulk copy, and may have no NUL (U+0000) in texts
 */
record Server(String name, boolean isSqlServer) {

  /** Nothing is taken for granted before the server was asked. */
  static final Server UNKNOWN = new Server("SQL Server", false);

  // https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql
  private static final int AZURE_SQL_DATABASE = 5;
  private static final int AZURE_SQL_MANAGED_INSTANCE = 8;

  static Server ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Statements.SERVER)) {
      row.next();
      return of(row.getString(1), row.getInt(2), row.getString(3));
    }
  }

  static Server of(
      String version, int edition, @org.jspecify.annotations.Nullable String babelfish) {
    if (babelfish != null) {
      return new Server("Babelfish %s (not SQL Server)".formatted(babelfish), false);
    }
    return new Server(
        switch (edition) {
          case AZURE_SQL_DATABASE -> "Azure SQL Database " + version;
          case AZURE_SQL_MANAGED_INSTANCE -> "Azure SQL Managed Instance " + version;
          default -> "SQL Server " + version;
        },
        true);
  }
}
