package org.etlsandbox.jupiter;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.etlsandbox.source.ReadRate;
import org.jspecify.annotations.Nullable;

/** The rentals of a scope that have a customer and a film, in the order of their ids. */
final class RentalBlock {

  private static final String RENTALS =
      """
      /* etl-sandbox */ SELECT rental_id, customer_id, inventory_id, rental_date, return_date
      FROM rental WHERE rental_id %s ORDER BY rental_id
      """;

  private static final int FIRST_SIZE = 1 << 10;

  private final Map<Integer, String> defects = new HashMap<>();
  private long[] ids = new long[FIRST_SIZE];
  private int[] customers = new int[FIRST_SIZE];
  private int[] films = new int[FIRST_SIZE];
  private long[] rented = new long[FIRST_SIZE];
  private long[] returned = new long[FIRST_SIZE];
  private int size;

  private RentalBlock() {}

  static RentalBlock read(
      Connection connection, ReadRate rate, RentalScope scope, Dimensions dimensions)
      throws SQLException {
    RentalBlock block = new RentalBlock();
    for (String condition : scope.conditions()) {
      try (PlainRows rows = PlainRows.query(connection, RENTALS.formatted(condition), rate)) {
        while (rows.next()) {
          block.add(rows, dimensions);
        }
      }
    }
    return block;
  }

  private void add(PlainRows row, Dimensions dimensions) throws SQLException {
    int customer = row.isNull(1) ? -1 : dimensions.customers().find(row.number(1));
    int inventory = row.isNull(2) ? -1 : dimensions.inventories().find(row.number(2));
    int film = inventory < 0 ? -1 : dimensions.filmOfInventory()[inventory];
    if (customer < 0 || film < 0) {
      return;
    }
    if (size == ids.length) {
      grow();
    }
    ids[size] = row.number(0);
    customers[size] = customer;
    films[size] = film;
    try {
      rented[size] = FlatValues.rentalSecond(row, 3);
      returned[size] = FlatValues.returnSecond(row, 4);
    } catch (FlatValues.DefectException e) {
      defects.put(size, e.reason());
    }
    size++;
  }

  private void grow() {
    int capacity = size * 2;
    ids = Arrays.copyOf(ids, capacity);
    customers = Arrays.copyOf(customers, capacity);
    films = Arrays.copyOf(films, capacity);
    rented = Arrays.copyOf(rented, capacity);
    returned = Arrays.copyOf(returned, capacity);
  }

  int size() {
    return size;
  }

  /** Their ids, or null where one is there twice. */
  @Nullable IdColumn ids() {
    return IdColumn.of(ids, size);
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

  /**
   * Wall clock, in seconds since 1970-01-01 00:00, or {@link
   * org.etlsandbox.flat.FlatRow#NOT_RETURNED}.
   */
  long returned(int place) {
    return returned[place];
  }

  /** Why a date cannot be copied exactly, or null. */
  @Nullable String defect(int place) {
    return defects.isEmpty() ? null : defects.get(place);
  }
}
