package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.etlsandbox.source.ReadRate;
import org.jspecify.annotations.Nullable;

/**
 * The five small tables of a snapshot in memory: customers, and from an inventory to its film and
 * the film's categories.
 *
 * @param filmOfInventory position of the film, -1 where it is missing
 * @param categoriesFrom where a film's categories begin in {@code categoryOfFilm}; they end where
 *     those of the next film begin
 * @param categoryOfFilm positions of categories, for each film in ascending order
 */
record Dimensions(
    IdColumn customers,
    TextColumn customerNames,
    IdColumn inventories,
    int[] filmOfInventory,
    IdColumn films,
    TextColumn titles,
    int[] categoriesFrom,
    int[] categoryOfFilm,
    IdColumn categories,
    TextColumn categoryNames) {

  private static final String CUSTOMERS =
      """
      /* etl-sandbox */ SELECT customer_id, CONCAT(first_name, ' ', last_name)
      FROM customer ORDER BY customer_id
      """;

  private static final String CATEGORIES =
      "/* etl-sandbox */ SELECT category_id, name FROM category ORDER BY category_id";

  private static final String FILMS =
      "/* etl-sandbox */ SELECT film_id, title FROM film ORDER BY film_id";

  private static final String CATEGORIES_OF_FILMS =
      """
      /* etl-sandbox */ SELECT film_id, category_id
      FROM film_category ORDER BY film_id, category_id LIMIT %d
      """;

  private static final String INVENTORIES =
      "/* etl-sandbox */ SELECT inventory_id, film_id FROM inventory ORDER BY inventory_id LIMIT %d";

  /**
   * Reads them.
   *
   * @param budget how much memory they may take, in bytes
   * @return null when they take more, or when an id is there twice or fits no long: then only the
   *     server can join
   */
  static @Nullable Dimensions read(Connection connection, ReadRate rate, long budget)
      throws SQLException {
    try {
      return new Reader(connection, rate, budget).read();
    } catch (UnfitException e) {
      return null;
    } catch (SQLException e) {
      if (MySqlErrors.isOutOfRange(e)) {
        return null;
      }
      throw e;
    }
  }

  /** Reads one table after the other and adds up what they take. */
  private static final class Reader {
    private final Connection connection;
    private final ReadRate rate;
    private long left;

    Reader(Connection connection, ReadRate rate, long budget) {
      this.connection = connection;
      this.rate = rate;
      this.left = budget;
    }

    Dimensions read() throws SQLException, UnfitException {
      TextColumn customerNames = new TextColumn("customer name");
      IdColumn customers = named(CUSTOMERS, customerNames);
      TextColumn categoryNames = new TextColumn("category.name");
      IdColumn categories = named(CATEGORIES, categoryNames);
      TextColumn titles = new TextColumn("film.title");
      IdColumn films = named(FILMS, titles);

      IntStream.Builder categoryOfFilm = IntStream.builder();
      int[] categoriesFrom = new int[films.size() + 1];
      LongStream.Builder pairs = LongStream.builder();
      try (PlainRows row = query(CATEGORIES_OF_FILMS, Integer.BYTES + Long.BYTES)) {
        while (row.next()) {
          take(Integer.BYTES + Long.BYTES);
          int film = row.isNull(0) ? -1 : films.find(row.number(0));
          int category = row.isNull(1) ? -1 : categories.find(row.number(1));
          if (film >= 0 && category >= 0) {
            categoriesFrom[film + 1]++;
            categoryOfFilm.add(category);
            pairs.add((long) film << Integer.SIZE | category);
          }
        }
      }
      ascending(pairs);
      for (int film = 0; film < films.size(); film++) {
        categoriesFrom[film + 1] += categoriesFrom[film];
      }

      LongStream.Builder inventories = LongStream.builder();
      IntStream.Builder filmOfInventory = IntStream.builder();
      try (PlainRows row = query(INVENTORIES, IdColumn.BYTES + Integer.BYTES)) {
        while (row.next()) {
          take(IdColumn.BYTES + Integer.BYTES);
          inventories.add(row.number(0));
          filmOfInventory.add(row.isNull(1) ? -1 : films.find(row.number(1)));
        }
      }
      return new Dimensions(
          customers,
          customerNames,
          ascending(inventories),
          filmOfInventory.build().toArray(),
          films,
          titles,
          categoriesFrom,
          categoryOfFilm.build().toArray(),
          categories,
          categoryNames);
    }

    /** Texts come through the driver: it knows their character sets. */
    private IdColumn named(String sql, TextColumn texts) throws SQLException, UnfitException {
      LongStream.Builder ids = LongStream.builder();
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(Integer.MIN_VALUE); // the driver's sign for row by row
        try (ResultSet row = statement.executeQuery(sql)) {
          while (row.next()) {
            ids.add(row.getLong(1));
            long before = texts.bytes();
            texts.add(row, 2);
            take(IdColumn.BYTES + texts.bytes() - before);
          }
        }
      }
      IdColumn all = ascending(ids);
      rate.rowsRead(all.size());
      return all;
    }

    private static IdColumn ascending(LongStream.Builder ids) throws UnfitException {
      long[] all = ids.build().toArray();
      IdColumn column = IdColumn.of(all, all.length);
      if (column == null) {
        throw new UnfitException();
      }
      return column;
    }

    /** One row more than the budget has room for: a larger table need not be read to its end. */
    private PlainRows query(String sql, int bytesPerRow) throws SQLException {
      return PlainRows.query(connection, sql.formatted(left / bytesPerRow + 1), rate);
    }

    /** Breaks off when the budget is used up. */
    private void take(long bytes) throws UnfitException {
      left -= bytes;
      if (left < 0) {
        throw new UnfitException();
      }
    }
  }

  /** The tables cannot be joined here. */
  private static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException() {
      super(null, null, false, false);
    }
  }
}
