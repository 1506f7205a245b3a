package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.etlsandbox.source.ChangeKey;

/**
 * The rentals whose flats depend on given rows, in two forms: a cheap one for the usual small
 * answer, and one in key order, which pages through a large answer in a single pass over rental.
 */
final class RentalQuery {

  private final PolledTable table;
  private final List<ChangeKey> keys;

  RentalQuery(PolledTable table, List<ChangeKey> keys) {
    this.table = table;
    this.keys = keys;
  }

  /** Any {@code limit} of them, in no order, some of them more than once. */
  long[] few(Connection connection, long after, int limit) throws SQLException {
    return read(
        connection,
        """
        /* etl-sandbox */ SELECT r.rental_id
        FROM %s
        WHERE %s AND r.rental_id > ? LIMIT ?
        """
            .formatted(table.rentals(), keyCondition()),
        after,
        limit,
        true);
  }

  /** The next {@code limit} of them, ascending. */
  long[] ordered(Connection connection, long after, int limit) throws SQLException {
    // Probed for each rental in key order, up to the limit. LIMIT 1 keeps the optimizer from making
    // a join of it, which it would materialise and sort once a page
    return read(
        connection,
        """
        /* etl-sandbox */ SELECT o.rental_id
        FROM rental o FORCE INDEX (PRIMARY)
        WHERE o.rental_id > ? AND (
          SELECT 1 FROM %s
          WHERE r.rental_id = o.rental_id AND %s LIMIT 1) = 1
        ORDER BY o.rental_id LIMIT ?
        """
            .formatted(table.rentals(), keyCondition()),
        after,
        limit,
        false);
  }

  private String keyCondition() {
    // A film_category row concerns all rentals of its film: the film alone decides
    String key = "t." + table.keys().getFirst();
    List<String> lists = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += PolledTable.LONGEST_LIST) {
      int length = Math.min(PolledTable.LONGEST_LIST, keys.size() - from);
      lists.add(key + " IN (" + PolledTable.placeholders(length) + ")");
    }
    return "(" + String.join(" OR ", lists) + ")";
  }

  private long[] read(Connection connection, String sql, long after, int limit, boolean keysFirst)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int at = 1;
      if (!keysFirst) {
        statement.setLong(at++, after);
      }
      for (ChangeKey key : keys) {
        statement.setLong(at++, key.first());
      }
      if (keysFirst) {
        statement.setLong(at++, after);
      }
      statement.setInt(at, limit);
      // The driver's sign for streaming: it would otherwise hold each row as an object of its own
      statement.setFetchSize(Integer.MIN_VALUE);
      long[] ids = new long[64];
      int count = 0;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
          }
          ids[count++] = row.getLong(1);
        }
      }
      return Arrays.copyOf(ids, count);
    }
  }
}
