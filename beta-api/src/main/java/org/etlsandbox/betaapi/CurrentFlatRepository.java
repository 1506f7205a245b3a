package org.etlsandbox.betaapi;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * Reads the current flats; has no method that could write.
 *
 * <p>Not transactional on purpose: each method is one statement and so one snapshot by itself, and
 * on a broken connection the failing rollback would hide why it broke.
 */
interface CurrentFlatRepository extends Repository<CurrentFlat, FlatKey> {

  /** The largest rental id, empty where there is no row. */
  @Query("select max(flat.key.rentalId) from CurrentFlat flat")
  Optional<Long> maxRentalId();

  /** All flats of the rentals in {@code (from, to]}, in key order. */
  @Query(
      """
      select flat from CurrentFlat flat
      where flat.key.rentalId > :from and flat.key.rentalId <= :to
      order by flat.key.rentalId, flat.key.paymentId, flat.key.categoryId
      """)
  List<CurrentFlat> inRange(long from, long to);
}
