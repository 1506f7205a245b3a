package org.etlsandbox.sqlserver;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.connection.ConnectionPool;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationState;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.schema.SchemaMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code customer_order_flat} in SQL Server. Every write is one transaction that enters the {@link
 * Fence} first and asks for the lease last.
 */
final class SqlServerDestination implements Destination {
  private static final Logger log = LoggerFactory.getLogger(SqlServerDestination.class);

  private final ConnectionSettings settings;
  private final SqlErrors errors;
  private final Fence fence;
  private final HikariDataSource pool;
  private volatile Server server = Server.UNKNOWN;
  private volatile boolean straight;

  SqlServerDestination(ConnectionSettings settings) {
    this.settings = settings;
    this.errors = new SqlErrors(settings);
    this.fence = new Fence(settings);
    this.pool =
        ConnectionPool.lazy(settings, Session.driverProperties(settings), Statements.SESSION);
  }

  /** Work with a connection, whose failures mean what {@link SqlErrors} says. */
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  @Override
  public String engine() {
    return query(Server::ask).name();
  }

  @Override
  public void check() {
    query(connection -> number(connection, Statements.PING));
  }

  @Override
  public DestinationState prepare(SchemaMode schema) {
    new Schema(settings, errors).prepare(schema);
    server = query(Server::ask);
    query(DatabaseOptions::ask).requireFit(server, settings);
    Canary canary = new Canary(server, settings);
    inTransaction(connection -> {
      canary.proveStaging(connection);
      connection.rollback();
      return true;
    });
    straight =
        inTransaction(connection -> {
          boolean converted = canary.goesStraight(connection);
          connection.rollback();
          return converted;
        });
    if (!straight) {
      log.warn(
          "{}: {} does not convert dates within a bulk copy, so new ranges go through staging too",
          settings,
          server.name());
    }
    return query(this::state);
  }

  private DestinationState state(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet state = statement.executeQuery(Statements.STATE)) {
      if (!state.next()) {
        throw Fence.lostRow(settings);
      }
      return new DestinationState(
          UUID.fromString(state.getString(1)), state.getLong(3), state.getLong(2));
    }
  }

  @Override
  public void raiseFence(long epoch) {
    inTransaction(connection -> {
      fence.raise(connection, epoch);
      connection.commit();
      return epoch;
    });
  }

  @Override
  public @Nullable String refusal(FlatRow row) {
    return FlatBulkData.refusal(row, server);
  }

  @Override
  public RefreshResult refresh(
      RefreshScope scope, FlatStream rows, long rowVersion, WriteLease lease) {
    return inTransaction(connection -> {
      fence.enter(connection, lease.epoch());
      Boundary.WRITE_ADMITTED.reached();
      RefreshResult result =
          new RefreshTransaction(connection, server, straight, rowVersion).write(scope, rows);
      Boundary.TABLE_CHANGED.reached();
      lease.ensureHeld();
      Boundary.LEASE_CONFIRMED.reached();
      connection.commit();
      Boundary.COMMITTED.reached();
      return result;
    });
  }

  @Override
  public long purgeTombstones(WriteLease lease) {
    long purged = 0;
    for (long step = purgeStep(lease); step > 0; step = purgeStep(lease)) {
      purged += step;
    }
    return purged;
  }

  private long purgeStep(WriteLease lease) {
    return inTransaction(connection -> {
      fence.enter(connection, lease.epoch());
      long purged = number(connection, Statements.PURGE_STEP);
      lease.ensureHeld();
      connection.commit();
      return purged;
    });
  }

  @Override
  public long[] rentalsHolding(long[] paymentIds) {
    return query(connection -> {
      try (PreparedStatement query = connection.prepareStatement(Statements.RENTALS_HOLDING)) {
        query.setString(1, IdList.json(paymentIds));
        try (ResultSet rows = query.executeQuery()) {
          List<Long> rentals = new ArrayList<>();
          while (rows.next()) {
            rentals.add(rows.getLong(1));
          }
          return rentals.stream().mapToLong(Long::longValue).toArray();
        }
      }
    });
  }

  @Override
  public long countLive() {
    return query(connection -> number(connection, Statements.COUNT_LIVE));
  }

  @Override
  public long maxRentalId() {
    return query(connection -> number(connection, Statements.MAX_RENTAL_ID));
  }

  @Override
  public List<FlatKey> keys(RefreshScope.Range range) {
    return query(connection -> StoredRows.keys(connection, range));
  }

  @Override
  public List<StoredFlat> stored(RefreshScope.Range range) {
    return query(connection -> StoredRows.read(connection, range));
  }

  @Override
  public void close() {
    pool.close();
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private <T> T query(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw errors.classify(e);
    }
  }

  /** Work commits by itself; whatever it leaves uncommitted is rolled back. */
  private <T> T inTransaction(Work<T> work) {
    return query(connection -> {
      connection.setAutoCommit(false);
      // The pool rolls back what is open when the connection goes back to it
      return work.on(connection);
    });
  }
}
