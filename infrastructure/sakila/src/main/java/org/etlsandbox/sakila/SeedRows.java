package org.etlsandbox.sakila;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.etlsandbox.sakila.SakilaShape.Stream;
import org.jspecify.annotations.Nullable;

/** Computes single rentals and payments, and the last_update of any row, from the seed alone. */
final class SeedRows {

  private static final String[] PRICES = {"0.99", "2.99", "4.99", "6.99", "1.98", "10.99"};

  private final SakilaShape shape;
  private final long seed;

  SeedRows(SakilaShape shape, long seed) {
    this.shape = shape;
    this.seed = seed;
  }

  SakilaShape shape() {
    return shape;
  }

  /**
   * @param returned null while the film is out
   */
  record Rental(
      long id,
      LocalDateTime rented,
      int inventoryId,
      int customerId,
      @Nullable LocalDateTime returned,
      int staffId) {}

  record Payment(
      int customerId,
      int staffId,
      @Nullable Long rentalId,
      BigDecimal amount,
      LocalDateTime paid) {}

  Rental rental(long index) {
    Draw draw = draw(Stream.RENTAL, index);
    // One regular, so that there is a customer with far more rentals than the others.
    int customer = draw.chance(20) ? 1 : 1 + draw.below(shape.customers());
    int inventory = 1 + draw.below(shape.inventory());
    int staff = 1 + draw.below(2);
    LocalDateTime rented = SakilaClock.rented(index, shape.rentals(), draw);
    LocalDateTime returned = draw.chance(15) ? null : SakilaClock.returned(rented, draw);
    return new Rental(shape.rentalId(index), rented, inventory, customer, returned, staff);
  }

  Payment payment(long id) {
    Draw draw = draw(Stream.PAYMENT, id);
    BigDecimal amount = amount(draw);
    long index = shape.rentalOfPayment(id);
    if (index >= 0) {
      Rental rental = rental(index);
      LocalDateTime paid = SakilaClock.later(rental.rented(), draw);
      return new Payment(rental.customerId(), rental.staffId(), rental.id(), amount, paid);
    }
    int customer = 1 + draw.below(shape.customers());
    LocalDateTime paid = SakilaClock.rented(draw.below(shape.rentals()), shape.rentals(), draw);
    return new Payment(customer, 1 + draw.below(2), null, amount, paid);
  }

  /** The extremes of DECIMAL(5,2), nothing, refunds and single cents; mostly what a film costs. */
  static BigDecimal amount(Draw draw) {
    int of1000 = draw.below(1000);
    if (of1000 < 10) {
      return new BigDecimal("0.00");
    }
    if (of1000 < 20) {
      return new BigDecimal("-4.99");
    }
    if (of1000 < 23) {
      return new BigDecimal("999.99");
    }
    if (of1000 < 25) {
      return new BigDecimal("-999.99");
    }
    if (of1000 < 40) {
      return BigDecimal.valueOf(draw.below(100), 2);
    }
    return new BigDecimal(PRICES[draw.below(PRICES.length)]);
  }

  /** Tells the last_update of a table's rows by their position among {@code rows} rows. */
  LastUpdates lastUpdates(String table, long rows) {
    long stream = Stream.LAST_UPDATE + 1000L * SakilaSchema.tables().indexOf(table);
    Permutation order = new Permutation(rows, new Draw(seed, stream, -1).next());
    long shared = rows * SakilaClock.SHARED_PERCENT / 100;
    return index -> SakilaClock.lastUpdate(order.at(index) < shared, draw(stream, index));
  }

  Draw draw(long stream, long index) {
    return new Draw(seed, stream, index);
  }

  /** The text for last_update of the row at a position, from 0. */
  interface LastUpdates {
    String at(long index);
  }
}
