package org.etlsandbox.sqlserver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;

/**
 * The writing part of one refresh, inside a transaction that holds the fence.
 *
 * <p>Rows of a range that the table does not know go straight into it, where the server converts
 * their dates meanwhile. All others go through a temporary table, one a connection, which is
 * emptied by its next use.
 */
final class RefreshTransaction {
  private final Connection connection;
  private final BulkCopy bulkCopy;
  private final boolean straight;
  private final long rowVersion;

  /**
   * @param straight whether rows may be bulk copied straight into the table: see {@link Canary}
   */
  RefreshTransaction(Connection connection, Server server, boolean straight, long rowVersion) {
    this.connection = connection;
    this.bulkCopy = new BulkCopy(connection, server);
    this.straight = straight;
    this.rowVersion = rowVersion;
  }

  RefreshResult write(RefreshScope scope, FlatStream rows) throws SQLException {
    boolean isNew = scope instanceof RefreshScope.Range range && isNew(range);
    if (straight && isNew) {
      long read = bulkCopy.into("customer_order_flat", rows, rowVersion);
      return new RefreshResult(read, read, 0, 0, 0);
    }
    emptyStaging(connection);
    long read = bulkCopy.intoStaging(rows, rowVersion);
    Boundary.STAGING_WRITTEN.reached();
    if (isNew) {
      insertStaged();
      return new RefreshResult(read, read, 0, 0, 0);
    }
    long tombstoned = tombstone(scope);
    Boundary.TOMBSTONES_WRITTEN.reached();
    if (read == 0) {
      return new RefreshResult(0, 0, 0, tombstoned, 0);
    }
    return upsert(boundsOf(scope), read, tombstoned);
  }

  static void emptyStaging(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(Statements.EMPTY_STAGING);
    }
  }

  private boolean isNew(RefreshScope.Range range) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(Statements.IS_NEW)) {
      query.setLong(1, range.from());
      query.setLong(2, range.to());
      try (ResultSet answer = query.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private void insertStaged() throws SQLException {
    try (Statement insert = connection.createStatement()) {
      insert.execute(Statements.INSERT_STAGED);
    }
  }

  private RefreshResult upsert(RefreshScope.Range bounds, long read, long tombstoned)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(Statements.UPSERT)) {
      upsert.setLong(1, bounds.from());
      upsert.setLong(2, bounds.to());
      try (ResultSet counts = upsert.executeQuery()) {
        counts.next();
        long updated = counts.getLong("updated");
        long inserted = counts.getLong("revived") + counts.getLong("inserted");
        return new RefreshResult(read, inserted, updated, tombstoned, read - inserted - updated);
      }
    }
  }

  private long tombstone(RefreshScope scope) throws SQLException {
    return switch (scope) {
      case RefreshScope.Range range -> {
        try (PreparedStatement update = connection.prepareStatement(Statements.TOMBSTONE_RANGE)) {
          update.setLong(1, range.from());
          update.setLong(2, range.to());
          update.setLong(3, rowVersion);
          yield counted(update);
        }
      }
      case RefreshScope.Rentals rentals -> {
        try (PreparedStatement update = connection.prepareStatement(Statements.TOMBSTONE_RENTALS)) {
          update.setString(1, IdList.json(rentals.ids()));
          update.setLong(2, rowVersion);
          yield counted(update);
        }
      }
    };
  }

  private static long counted(PreparedStatement update) throws SQLException {
    try (ResultSet count = update.executeQuery()) {
      count.next();
      return count.getLong(1);
    }
  }

  private static RefreshScope.Range boundsOf(RefreshScope scope) {
    return switch (scope) {
      case RefreshScope.Range range -> range;
      case RefreshScope.Rentals rentals -> {
        long[] ids = rentals.ids();
        // A scope may name rentals below 1; a row never has such an id
        yield new RefreshScope.Range(Math.max(0, ids[0] - 1), ids[ids.length - 1]);
      }
    };
  }
}
