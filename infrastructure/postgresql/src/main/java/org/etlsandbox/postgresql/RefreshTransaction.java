package org.etlsandbox.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The writing part of one refresh, inside a transaction that holds the fence.
 *
 * <p>Rows of a range that the table does not know go straight into it. All others go through a
 * temporary table, one a connection, which empties itself at the end of each transaction: creating
 * and dropping one each time would leave dead rows in the system catalogue several times a second.
 */
final class RefreshTransaction {
  private static final String IS_NEW =
      """
      SELECT NOT EXISTS (
        SELECT FROM customer_order_flat WHERE rental_id > ? AND rental_id <= ?)
      """;

  private static final String COPY_STRAIGHT =
      "COPY customer_order_flat ("
          + CopyBinaryEncoder.COLUMNS
          + ") FROM STDIN WITH (FORMAT binary)";

  private static final String COPY_TO_STAGING =
      "COPY pg_temp.etl_staging ("
          + CopyBinaryEncoder.COLUMNS
          + ") FROM STDIN WITH (FORMAT binary)";

  static final String CREATE_STAGING =
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS etl_staging (
        rental_id     bigint         NOT NULL,
        payment_id    bigint         NOT NULL,
        category_id   bigint         NOT NULL,
        customer_id   bigint         NOT NULL,
        customer_name text           COLLATE "C" NOT NULL,
        film_id       bigint         NOT NULL,
        film_title    text           COLLATE "C" NOT NULL,
        category      text           COLLATE "C" NOT NULL,
        amount        numeric(10, 2) NOT NULL,
        rental_date   timestamp(0)   NOT NULL,
        return_date   timestamp(0),
        row_version   bigint         NOT NULL
      ) ON COMMIT DELETE ROWS
      """;

  // Equal rows are sorted out before the INSERT, because ON CONFLICT locks (and so writes) every
  // row it meets, even one that its WHERE then leaves alone. The bounds let the planner read the
  // scope's part of the table only.
  private static final String UPSERT =
      """
      WITH differing AS MATERIALIZED (
        SELECT s.*, t.rental_id IS NULL OR t.is_deleted AS is_new
          FROM pg_temp.etl_staging s
          LEFT JOIN customer_order_flat t
            ON t.rental_id = s.rental_id
           AND t.payment_id = s.payment_id
           AND t.category_id = s.category_id
           AND t.rental_id > ?
           AND t.rental_id <= ?
         WHERE t.rental_id IS NULL
            OR (t.row_version <= s.row_version
                AND (t.is_deleted
                     OR (t.customer_id, t.customer_name, t.film_id, t.film_title, t.category,
                         t.amount, t.rental_date, t.return_date)
                        IS DISTINCT FROM
                        (s.customer_id, s.customer_name, s.film_id, s.film_title, s.category,
                         s.amount, s.rental_date, s.return_date)))
      ), written AS (
        INSERT INTO customer_order_flat AS t
          (rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,
           category, amount, rental_date, return_date, row_version, is_deleted)
        SELECT rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,
               category, amount, rental_date, return_date, row_version, false
          FROM differing
            ON CONFLICT (rental_id, payment_id, category_id) DO UPDATE
           SET customer_id = EXCLUDED.customer_id,
               customer_name = EXCLUDED.customer_name,
               film_id = EXCLUDED.film_id,
               film_title = EXCLUDED.film_title,
               category = EXCLUDED.category,
               amount = EXCLUDED.amount,
               rental_date = EXCLUDED.rental_date,
               return_date = EXCLUDED.return_date,
               row_version = EXCLUDED.row_version,
               is_deleted = false
         WHERE t.row_version <= EXCLUDED.row_version
      )
      SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM differing
      """;

  private static final String TOMBSTONE_RANGE =
      """
      UPDATE customer_order_flat t
         SET is_deleted = true,
             row_version = ?
       WHERE t.rental_id > ?
         AND t.rental_id <= ?
         AND NOT t.is_deleted
         AND t.row_version <= ?
         AND NOT EXISTS (
               SELECT FROM pg_temp.etl_staging s
                WHERE s.rental_id = t.rental_id
                  AND s.payment_id = t.payment_id
                  AND s.category_id = t.category_id)
      """;

  private static final String TOMBSTONE_RENTALS =
      """
      UPDATE customer_order_flat t
         SET is_deleted = true,
             row_version = ?
       WHERE t.rental_id = ANY (?)
         AND NOT t.is_deleted
         AND t.row_version <= ?
         AND NOT EXISTS (
               SELECT FROM pg_temp.etl_staging s
                WHERE s.rental_id = t.rental_id
                  AND s.payment_id = t.payment_id
                  AND s.category_id = t.category_id)
      """;

  private final Connection connection;
  private final long rowVersion;

  RefreshTransaction(Connection connection, long rowVersion) {
    this.connection = connection;
    this.rowVersion = rowVersion;
  }

  RefreshResult write(RefreshScope scope, FlatStream rows) throws SQLException {
    if (scope instanceof RefreshScope.Range range && isNew(range)) {
      long read = copy(COPY_STRAIGHT, rows);
      return new RefreshResult(read, read, 0, 0, 0);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE_STAGING);
    }
    long read = copy(COPY_TO_STAGING, rows);
    Boundary.STAGING_WRITTEN.reached();
    long tombstoned = tombstone(scope);
    Boundary.TOMBSTONES_WRITTEN.reached();
    if (read == 0) {
      return new RefreshResult(0, 0, 0, tombstoned, 0);
    }
    return upsert(boundsOf(scope), read, tombstoned);
  }

  private boolean isNew(RefreshScope.Range range) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(IS_NEW)) {
      query.setLong(1, range.from());
      query.setLong(2, range.to());
      try (ResultSet answer = query.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  /** Copies the whole stream; when either side fails, the server forgets what it was sent. */
  long copy(String sql, FlatStream rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      CopyBinaryEncoder encoder =
          new CopyBinaryEncoder((bytes, length) -> copy.writeToCopy(bytes, 0, length));
      encoder.begin();
      long read = 0;
      for (FlatRow row = rows.next(); row != null; row = rows.next()) {
        encoder.row(row, rowVersion);
        read++;
      }
      encoder.end();
      copy.endCopy();
      return read;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  long copyToStaging(FlatStream rows) throws SQLException {
    return copy(COPY_TO_STAGING, rows);
  }

  private RefreshResult upsert(RefreshScope.Range bounds, long read, long tombstoned)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setLong(1, bounds.from());
      upsert.setLong(2, bounds.to());
      try (ResultSet counts = upsert.executeQuery()) {
        counts.next();
        long inserted = counts.getLong(1);
        long updated = counts.getLong(2);
        return new RefreshResult(read, inserted, updated, tombstoned, read - inserted - updated);
      }
    }
  }

  private long tombstone(RefreshScope scope) throws SQLException {
    return switch (scope) {
      case RefreshScope.Range range -> {
        try (PreparedStatement update = connection.prepareStatement(TOMBSTONE_RANGE)) {
          update.setLong(1, rowVersion);
          update.setLong(2, range.from());
          update.setLong(3, range.to());
          update.setLong(4, rowVersion);
          yield update.executeLargeUpdate();
        }
      }
      case RefreshScope.Rentals rentals -> {
        Array ids = connection.unwrap(PGConnection.class).createArrayOf("int8", rentals.ids());
        try (PreparedStatement update = connection.prepareStatement(TOMBSTONE_RENTALS)) {
          update.setLong(1, rowVersion);
          update.setArray(2, ids);
          update.setLong(3, rowVersion);
          yield update.executeLargeUpdate();
        }
      }
    };
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
