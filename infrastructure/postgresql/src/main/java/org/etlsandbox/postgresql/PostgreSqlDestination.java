package org.etlsandbox.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Array;
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
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.schema.SchemaMode;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * {@code customer_order_flat} in PostgreSQL. Every write is one transaction that first locks the
 * row of {@code etl_destination} against a change of leader and asks for the lease last.
 */
final class PostgreSqlDestination implements Destination {
  private static final String STATE =
      """
      SELECT incarnation,
             epoch,
             (SELECT coalesce(max(row_version), 0) FROM customer_order_flat)
        FROM etl_destination
      """;

  private static final String ADMITTED_EPOCH = "SELECT epoch FROM etl_destination FOR SHARE";
  private static final String EPOCH_TO_RAISE = "SELECT epoch FROM etl_destination FOR UPDATE";
  private static final String RAISE_EPOCH = "UPDATE etl_destination SET epoch = ?";

  /**
   * Raising the fence waits for the writes under way, which an earlier leader may no longer end.
   */
  private static final String WAIT_FOR_WRITES = "SET LOCAL lock_timeout = '10s'";

  /** https://www.postgresql.org/docs/current/errcodes-appendix.html */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  // A process that sleeps in the middle of a COPY would hold the fence until statement_timeout. Its
  // lease is over: what it has not committed by now, it is not to commit. SELECT … FOR SHARE takes
  // this lock; a role may end its own sessions.
  private static final String END_EARLIER_WRITES =
      """
      SELECT count(pg_terminate_backend(pid))
        FROM pg_locks
       WHERE locktype = 'relation'
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND relation = 'etl_destination'::regclass
         AND mode = 'RowShareLock'
         AND pid <> pg_backend_pid()
      """;

  private static final String HAS_PAYMENT_INDEX =
      "SELECT count(to_regclass('customer_order_flat_payment'))";

  private static final String PAYMENT_INDEX =
      """
      CREATE INDEX IF NOT EXISTS customer_order_flat_payment ON customer_order_flat (payment_id)
      """;

  private static final String PURGE = "DELETE FROM customer_order_flat WHERE is_deleted";

  private static final String RENTALS_HOLDING =
      """
      SELECT DISTINCT rental_id
        FROM customer_order_flat
       WHERE payment_id = ANY (?)
         AND NOT is_deleted
       ORDER BY rental_id
      """;

  private static final String COUNT_LIVE =
      "SELECT count(*) FROM customer_order_flat WHERE NOT is_deleted";

  private static final String MAX_RENTAL_ID =
      "SELECT coalesce(max(rental_id), 0) FROM customer_order_flat WHERE NOT is_deleted";

  private final ConnectionSettings settings;
  private final SqlErrors errors;
  private final HikariDataSource pool;

  PostgreSqlDestination(ConnectionSettings settings) {
    this.settings = settings;
    this.errors = new SqlErrors(settings);
    this.pool =
        ConnectionPool.lazy(settings, Session.driverProperties(settings), Session.sql(settings));
  }

  /** Work with a connection, whose failures mean what {@link SqlErrors} says. */
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  @Override
  public String engine() {
    return query(connection ->
        "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0]);
  }

  @Override
  public void check() {
    query(connection -> number(connection, "SELECT 1"));
  }

  @Override
  public DestinationState prepare(SchemaMode schema) {
    new Schema(settings, errors).prepare(schema);
    inTransaction(connection -> {
      WallClockCanary.prove(connection, settings);
      connection.rollback();
      return true;
    });
    return query(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet state = statement.executeQuery(STATE)) {
        if (!state.next()) {
          throw new StoreException(
              Kind.PERMANENT,
              "%s: etl_destination has lost its row. Drop the schema, it is loaded again."
                  .formatted(settings));
        }
        return new DestinationState(
            state.getObject(1, UUID.class), state.getLong(3), state.getLong(2));
      }
    });
  }

  @Override
  public void raiseFence(long epoch) {
    query(connection -> {
      try {
        raise(connection, epoch);
      } catch (SQLException e) {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
          throw e;
        }
        connection.rollback();
        number(connection, END_EARLIER_WRITES);
        connection.commit();
        raise(connection, epoch);
      }
      return epoch;
    });
  }

  private void raise(Connection connection, long epoch) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        PreparedStatement raise = connection.prepareStatement(RAISE_EPOCH)) {
      statement.execute(WAIT_FOR_WRITES);
      long admitted = number(connection, EPOCH_TO_RAISE);
      if (epoch < admitted) {
        throw fenced(epoch, admitted);
      }
      raise.setLong(1, epoch);
      raise.executeUpdate();
      connection.commit();
    }
  }

  @Override
  public @Nullable String refusal(FlatRow row) {
    String flaw = row.customerNameText().flaw();
    if (flaw != null) {
      return "customer_name has " + flaw + ", which PostgreSQL cannot store";
    }
    flaw = row.filmTitleText().flaw();
    if (flaw != null) {
      return "film_title has " + flaw + ", which PostgreSQL cannot store";
    }
    flaw = row.categoryText().flaw();
    return flaw == null ? null : "category has " + flaw + ", which PostgreSQL cannot store";
  }

  @Override
  public RefreshResult refresh(
      RefreshScope scope, FlatStream rows, long rowVersion, WriteLease lease) {
    return inTransaction(connection -> {
      ensureAdmitted(connection, lease);
      Boundary.WRITE_ADMITTED.reached();
      RefreshResult result = new RefreshTransaction(connection, rowVersion).write(scope, rows);
      Boundary.TABLE_CHANGED.reached();
      lease.ensureHeld();
      Boundary.LEASE_CONFIRMED.reached();
      connection.commit();
      Boundary.COMMITTED.reached();
      return result;
    });
  }

  /**
   * Takes as long as it takes, and so needs a connection without time limits. Only the owner of the
   * table may ask for an index, even for one that is there.
   */
  @Override
  public void completeLoad() {
    if (query(connection -> number(connection, HAS_PAYMENT_INDEX)) > 0) {
      return;
    }
    try (Connection connection = Session.unlimited(settings);
        Statement statement = connection.createStatement()) {
      statement.execute(PAYMENT_INDEX);
    } catch (SQLException e) {
      throw errors.classify(e);
    }
  }

  @Override
  public long purgeTombstones(WriteLease lease) {
    return inTransaction(connection -> {
      ensureAdmitted(connection, lease);
      try (Statement statement = connection.createStatement()) {
        long purged = statement.executeLargeUpdate(PURGE);
        lease.ensureHeld();
        connection.commit();
        return purged;
      }
    });
  }

  private void ensureAdmitted(Connection connection, WriteLease lease) throws SQLException {
    long admitted = number(connection, ADMITTED_EPOCH);
    if (lease.epoch() != admitted) {
      throw fenced(lease.epoch(), admitted);
    }
  }

  @Override
  public long[] rentalsHolding(long[] paymentIds) {
    return query(connection -> {
      Array ids = connection.unwrap(PGConnection.class).createArrayOf("int8", paymentIds);
      try (PreparedStatement query = connection.prepareStatement(RENTALS_HOLDING)) {
        query.setArray(1, ids);
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
    return query(connection -> number(connection, COUNT_LIVE));
  }

  @Override
  public long maxRentalId() {
    return query(connection -> number(connection, MAX_RENTAL_ID));
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

  private StoreException fenced(long epoch, long admitted) {
    return new StoreException(
        Kind.FENCED,
        "%s admits epoch %d and this leader has epoch %d: another one took over, stop writing."
            .formatted(settings, admitted, epoch));
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
