package org.etlsandbox.clickhouse;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.flat.CustomerOrderFlat;

/** Rows for tests. */
final class Flats {

  private Flats() {}

  static CustomerOrderFlat flat(long rentalId, long paymentId, String title) {
    return new CustomerOrderFlat(
        rentalId,
        paymentId,
        rentalId % 16 + 1,
        rentalId % 599 + 1,
        "MARY SMITH " + rentalId % 599,
        rentalId % 1000 + 1,
        title,
        "Documentary",
        rentalId % 1199,
        LocalDateTime.of(2005, 5, 24, 22, 53, 30).plusMinutes(rentalId),
        rentalId % 7 == 0 ? null : LocalDateTime.of(2005, 6, 1, 1, 2, 3).plusMinutes(rentalId));
  }

  /** One row for each rental of (from, to], payment ids not in step with rental ids. */
  static List<CustomerOrderFlat> range(long from, long to, String title) {
    List<CustomerOrderFlat> rows = new ArrayList<>();
    for (long id = from + 1; id <= to; id++) {
      rows.add(flat(id, scattered(id), title));
    }
    return rows;
  }

  /** A payment id far away from those of the neighbours; another one for every rental. */
  static long scattered(long rentalId) {
    return rentalId * 2_654_435_761L % 4_294_967_291L;
  }
}
