package org.etlsandbox.betaapi;

import java.util.List;
import org.etlsandbox.service.InvalidParameterException;

/**
 * The last row of a page.
 *
 * @param value of the column that the rows are sorted by
 */
record FlatPosition(Comparable<?> value, FlatKey key) {

  static String cursor(FlatFilter filter, FlatSort sort, FlatResponse last) {
    return Cursor.write(
        query(filter, sort),
        List.of(
            sort.column().valueOf(last),
            Long.toString(last.rentalId()),
            Long.toString(last.paymentId()),
            Long.toString(last.categoryId())));
  }

  /**
   * @throws InvalidParameterException where the cursor is of another query, or of none
   */
  static FlatPosition of(FlatFilter filter, FlatSort sort, String cursor) {
    List<String> values = Cursor.read(query(filter, sort), cursor);
    try {
      return new FlatPosition(
          sort.column().parse(values.get(0)),
          new FlatKey(
              Long.parseLong(values.get(1)),
              Long.parseLong(values.get(2)),
              Long.parseLong(values.get(3))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Cursor.refused(cursor);
    }
  }

  private static String query(FlatFilter filter, FlatSort sort) {
    return sort.fingerprint() + "\0" + filter.fingerprint();
  }
}
