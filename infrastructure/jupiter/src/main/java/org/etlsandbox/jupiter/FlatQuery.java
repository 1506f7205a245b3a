package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.source.ReadRate;

/**
 * The seven-way join for a scope, read whole into memory. Every value is taken as the server's own
 * text, so that no driver converts, shifts or rounds it.
 */
final class FlatQuery {

  /** As many as one list may have. */
  private static final int IDS_PER_STATEMENT = PolledTable.LONGEST_LIST;

  // STRAIGHT_JOIN: the optimizer's own plan starts from category and sorts the whole result
  private static final String JOIN =
      """
      /* etl-sandbox */ SELECT STRAIGHT_JOIN
        r.rental_id, p.payment_id, g.category_id, c.customer_id,
        CONCAT(c.first_name, ' ', c.last_name), f.film_id, f.title, g.name,
        CAST(p.amount AS CHAR), CAST(r.rental_date AS CHAR), CAST(r.return_date AS CHAR)
      FROM rental r
      JOIN payment p ON p.rental_id = r.rental_id
      JOIN customer c ON c.customer_id = r.customer_id
      JOIN inventory i ON i.inventory_id = r.inventory_id
      JOIN film f ON f.film_id = i.film_id
      JOIN film_category fc ON fc.film_id = f.film_id
      JOIN category g ON g.category_id = fc.category_id
      WHERE r.rental_id %s
      ORDER BY r.rental_id, p.payment_id, g.category_id
      """;

  /**
   * The same join: a row without its customer is none, though no column of the customer is read.
   */
  private static final String KEYS =
      """
      /* etl-sandbox */ SELECT STRAIGHT_JOIN r.rental_id, p.payment_id, g.category_id
      FROM rental r
      JOIN payment p ON p.rental_id = r.rental_id
      JOIN customer c ON c.customer_id = r.customer_id
      JOIN inventory i ON i.inventory_id = r.inventory_id
      JOIN film f ON f.film_id = i.film_id
      JOIN film_category fc ON fc.film_id = f.film_id
      JOIN category g ON g.category_id = fc.category_id
      WHERE r.rental_id > ? AND r.rental_id <= ?
      ORDER BY r.rental_id, p.payment_id, g.category_id
      """;

  private static final String RANGE = JOIN.formatted("> ? AND r.rental_id <= ?");

  private final Connection connection;
  private final ReadRate rate;

  /** Without a limit. */
  FlatQuery(Connection connection) {
    this(connection, ReadRate.unlimited());
  }

  FlatQuery(Connection connection, ReadRate rate) {
    this.connection = connection;
    this.rate = rate;
  }

  List<FlatRow> read(RefreshScope scope) throws SQLException {
    List<FlatRow> rows = new ArrayList<>();
    switch (scope) {
      case RefreshScope.Range(long from, long to) -> {
        try (PreparedStatement statement = connection.prepareStatement(RANGE)) {
          statement.setLong(1, from);
          statement.setLong(2, to);
          read(statement, rows);
        }
      }
      case RefreshScope.Rentals rentals -> readPages(rentals.ids(), rows);
    }
    return rows;
  }

  List<FlatKey> keys(RefreshScope.Range range) throws SQLException {
    List<FlatKey> keys = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.setLong(1, range.from());
      statement.setLong(2, range.to());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          keys.add(new FlatKey(row.getLong(1), row.getLong(2), row.getLong(3)));
        }
      }
    }
    rate.rowsRead(keys.size());
    return keys;
  }

  private void readPages(long[] ids, List<FlatRow> rows) throws SQLException {
    for (int from = 0; from < ids.length; from += IDS_PER_STATEMENT) {
      long[] page = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + IDS_PER_STATEMENT));
      String in = "IN (" + PolledTable.placeholders(page.length) + ")";
      try (PreparedStatement statement = connection.prepareStatement(JOIN.formatted(in))) {
        for (int i = 0; i < page.length; i++) {
          statement.setLong(i + 1, page[i]);
        }
        read(statement, rows);
      }
    }
  }

  private void read(PreparedStatement statement, List<FlatRow> rows) throws SQLException {
    int before = rows.size();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(flat(row));
      }
    }
    rate.rowsRead(rows.size() - before);
  }

  private static FlatRow flat(ResultSet row) throws SQLException {
    long rentalId = row.getLong(1);
    long paymentId = row.getLong(2);
    long categoryId = row.getLong(3);
    if (rentalId < 1) {
      return new DefectiveRow(
          rentalId, paymentId, categoryId, "rental.rental_id " + rentalId + " is below 1");
    }
    try {
      return new CustomerOrderFlat(
          rentalId,
          paymentId,
          categoryId,
          row.getLong(4),
          FlatValues.text(row, 5, "customer name"),
          row.getLong(6),
          FlatValues.text(row, 7, "film.title"),
          FlatValues.text(row, 8, "category.name"),
          FlatValues.cents(row.getString(9)),
          FlatValues.rentalDate(row.getString(10)),
          FlatValues.returnDate(row.getString(11)));
    } catch (FlatValues.DefectException e) {
      return new DefectiveRow(rentalId, paymentId, categoryId, e.reason());
    }
  }
}
