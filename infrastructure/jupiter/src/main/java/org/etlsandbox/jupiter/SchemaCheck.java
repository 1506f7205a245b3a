package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.source.SettleOptions;
import org.etlsandbox.source.SourceDescription;
import org.etlsandbox.source.SourceTable;

/** Whether a server can be copied from, and how: tables, columns, privileges, role, indexes. */
final class SchemaCheck {

  private static final String COLUMNS =
      """
      /* etl-sandbox */ SELECT LOWER(table_name), LOWER(column_name)
      FROM information_schema.columns
      WHERE table_schema = DATABASE()
      """;

  private static final String LEADING_INDEXES =
      """
      /* etl-sandbox */ SELECT DISTINCT LOWER(table_name)
      FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND seq_in_index = 1 AND LOWER(column_name) = 'last_update'
      """;

  // A replica has threads of `system user` that apply what its source sent
  private static final String REPLICA_THREADS =
      """
      /* etl-sandbox */ SELECT COUNT(*)
      FROM information_schema.processlist
      WHERE user = 'system user' AND command IN ('Connect', 'Slave_SQL', 'Slave_IO', 'Slave_worker', 'Query')
      """;

  private final Connection connection;
  private final ConnectionSettings settings;

  SchemaCheck(Connection connection, ConnectionSettings settings) {
    this.connection = connection;
    this.settings = settings;
  }

  SourceDescription describe(SettleOptions options) throws SQLException {
    refuseMissingColumns();
    refuseShiftedClock();
    boolean observes = !options.commitLagForced() && hasProcessPrivilege();
    if (!options.commitLagForced() && observes && isReplica()) {
      throw new StoreException(
          Kind.PERMANENT,
          ("%s is a replica: what is committed there appears late and out of order. Point it at the"
                  + " primary, or set etl.poll.commit-lag above the replication delay on purpose.")
              .formatted(settings));
    }
    Set<SourceTable> indexed = indexedTables();
    List<String> hints = new ArrayList<>();
    for (SourceTable table : SourceTable.values()) {
      if (!indexed.contains(table)) {
        hints.add(
            "CREATE INDEX idx_last_update ON %s (last_update); -- %s is read whole until then"
                .formatted(table.tableName(), table.tableName()));
      }
    }
    if (!observes && !options.commitLagForced()) {
      hints.add(
          ("GRANT PROCESS ON *.* TO %s; -- without it a change counts as settled %d s after its"
                  + " statement (etl.poll.commit-lag)")
              .formatted(account(), options.commitLag().toSeconds()));
    }
    return new SourceDescription(engine(), identity(), indexed, observes, hints);
  }

  Set<SourceTable> indexedTables() throws SQLException {
    Set<SourceTable> indexed = EnumSet.noneOf(SourceTable.class);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LEADING_INDEXES)) {
      while (rows.next()) {
        for (SourceTable table : SourceTable.values()) {
          if (table.tableName().equals(rows.getString(1))) {
            indexed.add(table);
          }
        }
      }
    }
    return indexed;
  }

  /** PROCESS shows the transactions of others; without it the server refuses innodb_trx. */
  boolean hasProcessPrivilege() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "/* etl-sandbox */ SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_id = '0'");
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == MySqlErrors.SPECIFIC_ACCESS_DENIED) {
        return false;
      }
      throw e;
    }
  }

  private void refuseMissingColumns() throws SQLException {
    Set<String> present = new HashSet<>();
    Set<String> tables = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
        present.add(rows.getString(1) + "." + rows.getString(2));
      }
    }
    List<String> missing = new ArrayList<>();
    for (PolledTable table : PolledTable.all()) {
      String name = table.table().tableName();
      if (!tables.contains(name)) {
        missing.add("table " + name);
        continue;
      }
      for (String column : table.columns()) {
        if (!present.contains(name + "." + column)) {
          missing.add("column " + name + "." + column);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new StoreException(
          Kind.PERMANENT,
          "%s lacks, or does not show to user '%s': %s. Point it at a Sakila schema, or GRANT SELECT."
              .formatted(settings, settings.username(), String.join(", ", missing)));
    }
  }

  /** A wall clock must come back as it was sent, and the session must run in UTC. */
  private void refuseShiftedClock() throws SQLException {
    String sent = "2024-03-10 02:30:00"; // falls into the gap of many zones
    try (PreparedStatement statement =
        connection.prepareStatement(
            "/* etl-sandbox */ SELECT CAST(CAST(? AS DATETIME) AS CHAR), @@session.time_zone")) {
      statement.setString(1, sent);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (!sent.equals(row.getString(1)) || !"+00:00".equals(row.getString(2))) {
          throw new StoreException(
              Kind.PERMANENT,
              ("%s: the wall clock %s came back as %s in session zone %s. Remove session variables"
                      + " and time zone options from the URL.")
                  .formatted(settings, sent, row.getString(1), row.getString(2)));
        }
      }
    }
  }

  private boolean isReplica() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(REPLICA_THREADS)) {
      row.next();
      return row.getLong(1) > 0;
    }
  }

  private String engine() throws SQLException {
    String version = value("SELECT VERSION()");
    boolean maria = version.toLowerCase(Locale.ROOT).contains("mariadb");
    int dash = version.indexOf('-');
    return (maria ? "MariaDB " : "MySQL ") + (dash < 0 ? version : version.substring(0, dash));
  }

  /** MySQL keeps a UUID in its data directory; MariaDB has none, so host and directory serve. */
  private String identity() throws SQLException {
    String server =
        engine().startsWith("MariaDB")
            ? value("SELECT CONCAT(@@hostname, ':', @@datadir)")
            : value("SELECT @@server_uuid");
    return server + "/" + value("SELECT DATABASE()");
  }

  /** Our account as GRANT wants it: {@code 'user'@'host'}. */
  private String account() throws SQLException {
    String account = value("SELECT CURRENT_USER()");
    int at = account.lastIndexOf('@');
    return "'%s'@'%s'".formatted(account.substring(0, at), account.substring(at + 1));
  }

  private String value(String select) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("/* etl-sandbox */ " + select)) {
      row.next();
      return row.getString(1);
    }
  }
}
