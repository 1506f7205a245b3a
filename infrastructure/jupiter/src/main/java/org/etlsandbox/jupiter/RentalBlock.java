package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.jspecify.annotations.Nullable;

/** The rentals of a range that have a customer and a film, in the order of their ids. */
final class RentalBlock {

  /** Stands for a return date that is NULL. */
  static final long NONE = Long.MIN_VALUE;

  private static final String RENTALS =
      """
      /* etl-sandbox */ SELECT rental_id, customer_id, inventory_id,
        CAST(rental_date AS CHAR), CAST(return_date AS CHAR)
      FROM rental WHERE rental_id > ? AND rental_id <= ? ORDER BY rental_id
      """;

  private final long[] ids;
  private final int[] customers;
  private final int[] films;
  private final long[] rented;
  private final long[] returned;
  private final Map<Integer, String> defects;

  private RentalBlock(Columns columns) {
    this.ids = columns.ids.build().toArray();
    this.customers = columns.customers.build().toArray();
    this.films = columns.films.build().toArray();
    this.rented = columns.rented.build().toArray();
    this.returned = columns.returned.build().toArray();
    this.defects = columns.defects;
  }

  static RentalBlock read(Connection connection, Range range, Dimensions dimensions)
      throws SQLException {
    Columns columns = new Columns(dimensions);
    StreamedQuery.run(connection, RENTALS, columns::add, range.from(), range.to());
    return new RentalBlock(columns);
  }

  int size() {
    return ids.length;
  }

  long id(int place) {
    return ids[place];
  }

  /** Its position among the dimensions. */
  int customer(int place) {
    return customers[place];
  }

  /** Its position among the dimensions. */
  int film(int place) {
    return films[place];
  }

  /** Wall clock, in seconds since 1970-01-01 00:00. */
  long rented(int place) {
    return rented[place];
  }

  /** Wall clock, in seconds since 1970-01-01 00:00, or {@link #NONE}. */
  long returned(int place) {
    return returned[place];
  }

  /** Why a date cannot be copied exactly, or null. */
  @Nullable String defect(int place) {
    return defects.isEmpty() ? null : defects.get(place);
  }

  /** Takes the rentals as they come. */
  private static final class Columns {
    private final Dimensions dimensions;
    private final LongStream.Builder ids = LongStream.builder();
    private final IntStream.Builder customers = IntStream.builder();
    private final IntStream.Builder films = IntStream.builder();
    private final LongStream.Builder rented = LongStream.builder();
    private final LongStream.Builder returned = LongStream.builder();
    private final Map<Integer, String> defects = new HashMap<>();
    private int count;

    Columns(Dimensions dimensions) {
      this.dimensions = dimensions;
    }

    void add(ResultSet row) throws SQLException {
      int customer = dimensions.customers().find(row.getLong(2));
      int inventory = dimensions.inventories().find(row.getLong(3));
      int film = inventory < 0 ? -1 : dimensions.filmOfInventory()[inventory];
      if (customer < 0 || film < 0) {
        return;
      }
      ids.add(row.getLong(1));
      customers.add(customer);
      films.add(film);
      long from = 0;
      long to = 0;
      try {
        from = FlatValues.rentalSecond(row.getBytes(4));
        to = FlatValues.returnSecond(row.getBytes(5), NONE);
      } catch (FlatValues.DefectException e) {
        defects.put(count, e.reason());
      }
      rented.add(from);
      returned.add(to);
      count++;
    }
  }
}
