package org.etlsandbox.sqlserver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;

/**
 * Lets the writes of the admitted leader in, and no other's.
 *
 * <p>An application lock that belongs to the transaction: shared by all writes, exclusive for the
 * one who raises the epoch, gone with the end of the transaction, however it ends.
 *
 * @see <a
 *     href="https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql">sp_getapplock</a>
 */
record Fence(ConnectionSettings settings) {

  /**
   * Keeps the fence where it is until this transaction ends.
   *
   * @throws StoreException of kind {@code FENCED} when another epoch is admitted
   */
  void enter(Connection connection, long epoch) throws SQLException {
    long admitted = lockedEpoch(connection, Statements.ENTER_FENCE);
    if (epoch != admitted) {
      throw fenced(epoch, admitted);
    }
  }

  /** Waits for the writes under way, a minute at most; the caller commits. */
  void raise(Connection connection, long epoch) throws SQLException {
    long admitted = lockedEpoch(connection, Statements.CLOSE_FENCE);
    if (epoch < admitted) {
      throw fenced(epoch, admitted);
    }
    try (PreparedStatement raise = connection.prepareStatement(Statements.RAISE_EPOCH)) {
      raise.setLong(1, epoch);
      raise.executeUpdate();
    }
  }

  private long lockedEpoch(Connection connection, String lock) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(lock)) {
      if (!row.next()) {
        throw lostRow(settings);
      }
      requireGranted(row.getInt(1));
      return row.getLong(2);
    }
  }

  /** 0 granted at once, 1 after waiting. */
  void requireGranted(int result) {
    if (result >= 0) {
      return;
    }
    throw switch (result) {
      case -1 ->
          new StoreException(
              Kind.TRANSIENT,
              "%s: the fence is held by another transaction. A leader that was stopped in the middle of a write holds it until its session ends: see sys.dm_tran_locks, resource_type APPLICATION."
                  .formatted(settings));
      case -2 ->
          new StoreException(
              Kind.UNAVAILABLE, "%s: the wait for the fence was cancelled.".formatted(settings));
      case -3 ->
          new StoreException(
              Kind.TRANSIENT,
              "%s: chosen as a deadlock's victim at the fence.".formatted(settings));
      default ->
          new StoreException(
              Kind.PERMANENT,
              "%s: sp_getapplock answered %d. Check that '%s' may execute it and is no member of a role that was denied it."
                  .formatted(settings, result, settings.username()));
    };
  }

  static StoreException lostRow(ConnectionSettings settings) {
    return new StoreException(
        Kind.PERMANENT,
        "%s: etl_destination has lost its row. Drop the tables and the view, they are loaded again."
            .formatted(settings));
  }

  private StoreException fenced(long epoch, long admitted) {
    return new StoreException(
        Kind.FENCED,
        "%s admits epoch %d and this leader has epoch %d: another one took over, stop writing."
            .formatted(settings, admitted, epoch));
  }
}
