package org.etlsandbox.sqlserver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;

/**
 * What a database was set to, as far as a worker depends on it.
 *
 * @param delayedDurability 0 disabled, 1 allowed, 2 forced
 * @see <a
 *     href="https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-databases-transact-sql">sys.databases</a>
 */
record DatabaseOptions(String name, int compatibilityLevel, int delayedDurability) {

  /** The first with OPENJSON. */
  private static final int MIN_COMPATIBILITY = 130;

  private static final int FORCED = 2;

  static DatabaseOptions ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Statements.DATABASE_OPTIONS)) {
      row.next();
      return new DatabaseOptions(row.getString(1), row.getInt(2), row.getInt(3));
    }
  }

  /**
   * @throws StoreException of kind {@code PERMANENT} when commits may be lost that the server has
   *     confirmed (a checkpoint would have moved past them), or statements cannot run
   */
  void requireFit(Server server, ConnectionSettings settings) {
    if (delayedDurability == FORCED) {
      throw new StoreException(
          Kind.PERMANENT,
          "%s: DELAYED_DURABILITY is FORCED, so the server may forget commits that it has confirmed. ALTER DATABASE [%s] SET DELAYED_DURABILITY = DISABLED."
              .formatted(settings, name));
    }
    if (server.isSqlServer() && compatibilityLevel < MIN_COMPATIBILITY) {
      throw new StoreException(
          Kind.PERMANENT,
          "%s: compatibility level %d has no OPENJSON. ALTER DATABASE [%s] SET COMPATIBILITY_LEVEL = 150."
              .formatted(settings, compatibilityLevel, name));
    }
  }
}
