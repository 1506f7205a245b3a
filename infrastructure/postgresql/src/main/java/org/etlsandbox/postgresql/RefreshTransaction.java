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
 * <p>Rows of a range that the table does not know go straight into it. Of a range that it knows,
 * only those go on that {@link RangeMerge} finds to differ. These, and those of single rentals, go
 * through a temporary table, one a connection, which empties itself at the end of each transaction:
 * creating and dropping one each time would leave dead rows in the system catalogue several times a
 * second.
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

  private static final String TOMBSTONE_KEYS =
      """
      UPDATE customer_order_flat t
         SET is_deleted = true,
             row_version = ?
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[])
             AS gone (rental_id, payment_id, category_id)
       WHERE t.rental_id = gone.rental_id
         AND t.payment_id = gone.payment_id
         AND t.category_id = gone.category_id
         AND NOT t.is_deleted
         AND t.row_version <= ?
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
    return switch (scope) {
      case RefreshScope.Range range -> {
        if (isNew(range)) {
          long read = copy(COPY_STRAIGHT, rows);
          yield new RefreshResult(read, read, 0, 0, 0);
        }
        yield writeDifferences(range, rows);
      }
      case RefreshScope.Rentals rentals -> writeAll(rentals, rows);
    };
  }

  /** Few rentals, which mostly have changed: the server compares. */
  private RefreshResult writeAll(RefreshScope.Rentals rentals, FlatStream rows)
      throws SQLException {
    createStaging();
    long read = copy(COPY_TO_STAGING, rows);
    Boundary.STAGING_WRITTEN.reached();
    long tombstoned = tombstone(rentals);
    Boundary.TOMBSTONES_WRITTEN.reached();
    return read == 0
        ? new RefreshResult(0, 0, 0, tombstoned, 0)
        : upsert(boundsOf(rentals), read, tombstoned);
  }

  /** A range is large and mostly as it was: what is equal is not sent. */
  private RefreshResult writeDifferences(RefreshScope.Range range, FlatStream rows)
      throws SQLException {
    RangeMerge merge = new RangeMerge(rowVersion);
    merge.merge(connection, range, rows);
    if (merge.written() > 0) {
      createStaging();
      copy(
          COPY_TO_STAGING,
          copy -> {
            byte[] differing = merge.differing();
            copy.writeToCopy(differing, 0, differing.length);
            return merge.written();
          });
    }
    Boundary.STAGING_WRITTEN.reached();
    long tombstoned = merge.goneCount() == 0 ? 0 : tombstoneKeys(merge);
    Boundary.TOMBSTONES_WRITTEN.reached();
    return merge.written() == 0
        ? new RefreshResult(merge.read(), 0, 0, tombstoned, merge.read())
        : upsert(range, merge.read(), tombstoned);
  }

  private long tombstoneKeys(RangeMerge merge) throws SQLException {
    PGConnection server = connection.unwrap(PGConnection.class);
    try (PreparedStatement update = connection.prepareStatement(TOMBSTONE_KEYS)) {
      update.setLong(1, rowVersion);
      for (int column = 0; column < 3; column++) {
        update.setArray(2 + column, server.createArrayOf("int8", merge.gone(column)));
      }
      update.setLong(5, rowVersion);
      return update.executeLargeUpdate();
    }
  }

  private void createStaging() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE_STAGING);
    }
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

  /** What is sent between begin and end of a COPY. */
  private interface Content {
    long send(CopyIn copy) throws SQLException;
  }

  /** When either side fails, the server forgets what it was sent. */
  private long copy(String sql, Content content) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      long rows = content.send(copy);
      copy.endCopy();
      return rows;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Copies the whole stream. */
  private long copy(String sql, FlatStream rows) throws SQLException {
    return copy(
        sql,
        copy -> {
          CopyBinaryEncoder encoder =
              new CopyBinaryEncoder((bytes, length) -> copy.writeToCopy(bytes, 0, length));
          encoder.begin();
          long read = 0;
          for (FlatRow row = rows.next(); row != null; row = rows.next()) {
            encoder.row(row, rowVersion);
            read++;
          }
          encoder.end();
          return read;
        });
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

  private long tombstone(RefreshScope.Rentals rentals) throws SQLException {
    Array ids = connection.unwrap(PGConnection.class).createArrayOf("int8", rentals.ids());
    try (PreparedStatement update = connection.prepareStatement(TOMBSTONE_RENTALS)) {
      update.setLong(1, rowVersion);
      update.setArray(2, ids);
      update.setLong(3, rowVersion);
      return update.executeLargeUpdate();
    }
  }

  private static RefreshScope.Range boundsOf(RefreshScope.Rentals rentals) {
    long[] ids = rentals.ids();
    // A scope may name rentals below 1; a row never has such an id
    return new RefreshScope.Range(Math.max(0, ids[0] - 1), ids[ids.length - 1]);
  }
}
