package org.etlsandbox.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import com.microsoft.sqlserver.jdbc.SQLServerSortOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.etlsandbox.flat.FlatStream;

/**
 * Bulk copy of flats into a table of this session's transaction.
 *
 * <p>Rows come in key order, and the server is told so: it need not sort them for the clustered
 * index. Checks are on, so that nobody needs the right to alter the table.
 *
 * @see <a
 *     href="https://learn.microsoft.com/sql/t-sql/statements/bulk-insert-transact-sql">Options</a>
 */
record BulkCopy(Connection connection, Server server) {

  // Babelfish 4.3 loses its place where the end of a stream falls on the boundary of two packets
  // (13
  // bytes in 8,000). The same rows would end there again at each try; in other batches they do not.
  private static final int MIN_BATCH = 3_000;
  private static final int MAX_BATCH = 12_000;

  static final List<String> KEY = List.of("rental_id", "payment_id", "category_id");

  /** Into a table that only this session sees: one lock for all of it, and little logging. */
  long intoStaging(FlatStream rows, long rowVersion) throws SQLException {
    return copy("#etl_staging", options(true, statementSeconds()), rows, rowVersion);
  }

  /** Straight into a table that others write into at the same time: no lock on all of it. */
  long into(String table, FlatStream rows, long rowVersion) throws SQLException {
    return copy(table, options(false, statementSeconds()), rows, rowVersion);
  }

  static SQLServerBulkCopyOptions options(boolean tableLock, int seconds)
      throws SQLServerException {
    SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
    options.setTableLock(tableLock);
    options.setCheckConstraints(true);
    options.setUseInternalTransaction(false);
    options.setBulkCopyTimeout(seconds);
    return options;
  }

  private long copy(
      String table, SQLServerBulkCopyOptions options, FlatStream rows, long rowVersion)
      throws SQLException {
    FlatBulkData data = new FlatBulkData(rows, rowVersion, server);
    SQLServerConnection session = connection.unwrap(SQLServerConnection.class);
    try (SQLServerBulkCopy copy = new SQLServerBulkCopy(session)) {
      copy.setDestinationTableName(table);
      for (int i = 1; i <= FlatBulkData.COLUMNS.size(); i++) {
        copy.addColumnMapping(i, FlatBulkData.COLUMNS.get(i - 1).name());
      }
      if (server.isSqlServer()) {
        for (String column : KEY) {
          copy.addColumnOrderHint(column, SQLServerSortOrder.ASCENDING);
        }
      } else {
        options.setBatchSize(ThreadLocalRandom.current().nextInt(MIN_BATCH, MAX_BATCH));
      }
      copy.setBulkCopyOptions(options);
      copy.writeToServer(data);
      return data.read();
    } catch (SQLException | RuntimeException e) {
      if (!saidByServer(e)) {
        // Broken off in the middle: what the server makes of the rest of the stream is unknown
        session.abort(Runnable::run);
      }
      RuntimeException reading = data.failure();
      if (reading != null) {
        throw reading;
      }
      throw e;
    }
  }

  /** A bulk copy may take as long as any other statement of the connection. */
  private int statementSeconds() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.getQueryTimeout();
    }
  }

  private static boolean saidByServer(Exception e) {
    return e instanceof SQLServerException server && server.getSQLServerError() != null;
  }
}
