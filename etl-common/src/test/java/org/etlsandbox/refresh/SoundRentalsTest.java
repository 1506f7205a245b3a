package org.etlsandbox.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatKey;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.junit.jupiter.api.Test;

/** A rental goes in whole or not at all. */
class SoundRentalsTest {

  @Test
  void soundRowsComeThroughInTheirOrder() {
    List<FlatRow> rows = List.of(row(1, 1), row(1, 2), row(2, 3), row(7, 1));
    SoundRentals sound = sound(rows);

    assertThat(read(sound)).containsExactly(key(1, 1), key(1, 2), key(2, 3), key(7, 1));
    assertThat(sound.rentals()).isEqualTo(3);
    assertThat(sound.refused()).isEmpty();
  }

  @Test
  void oneDefectiveRowTakesItsRentalOutWhereverItStands() {
    for (int bad = 1; bad <= 3; bad++) {
      List<FlatRow> rows = new ArrayList<>(List.of(row(1, 1)));
      for (int payment = 1; payment <= 3; payment++) {
        rows.add(payment == bad ? new Defective(2, payment) : row(2, payment));
      }
      rows.add(row(3, 1));
      SoundRentals sound = sound(rows);

      assertThat(read(sound)).as("row %d is bad", bad).containsExactly(key(1, 1), key(3, 1));
      assertThat(sound.refused()).isEqualTo(Map.of(2L, "defect of payment " + bad));
      assertThat(sound.rentals()).isEqualTo(3);
    }
  }

  @Test
  void whatTheDestinationCannotHoldStaysOutWithItsReason() {
    SoundRentals sound =
        new SoundRentals(
            FlatStream.of(List.of(row(1, 1), row(1, 2), row(2, 1))),
            row -> row.paymentId() == 2 ? "too late a date" : null);

    assertThat(read(sound)).containsExactly(key(2, 1));
    assertThat(sound.refused()).isEqualTo(Map.of(1L, "too late a date"));
  }

  @Test
  void defectiveRentalsInARowAndAtBothEndsStayOut() {
    SoundRentals sound =
        sound(List.of(new Defective(1, 1), new Defective(2, 1), row(3, 1), new Defective(4, 1)));

    assertThat(read(sound)).containsExactly(key(3, 1));
    assertThat(sound.refused()).containsOnlyKeys(1L, 2L, 4L);
    assertThat(sound.next()).as("the end stays the end").isNull();
  }

  @Test
  void withoutRowsNothingIsRefused() {
    SoundRentals sound = sound(List.of());

    assertThat(read(sound)).isEmpty();
    assertThat(sound.rentals()).isZero();
  }

  /** A flyweight changes under the reader when the next row is asked for: looking ahead copies. */
  @Test
  void lookingAheadDoesNotSpoilARowThatIsAFlyweight() {
    Flyweight flyweight = new Flyweight();
    SoundRentals sound =
        new SoundRentals(() -> ++flyweight.rentalId > 3 ? null : flyweight, row -> null);

    assertThat(read(sound)).containsExactly(key(1, 1), key(2, 1), key(3, 1));
  }

  private static SoundRentals sound(List<FlatRow> rows) {
    return new SoundRentals(FlatStream.of(rows), row -> null);
  }

  private static List<FlatKey> read(SoundRentals sound) {
    List<FlatKey> keys = new ArrayList<>();
    for (FlatRow row = sound.next(); row != null; row = sound.next()) {
      keys.add(CustomerOrderFlat.copyOf(row).key());
    }
    return keys;
  }

  private static FlatKey key(long rental, long payment) {
    return new FlatKey(rental, payment, 1);
  }

  private static CustomerOrderFlat row(long rental, long payment) {
    return new CustomerOrderFlat(
        rental, payment, 1, 1, "A B", 1, "TITLE", "Action", 299, LocalDateTime.MIN, null);
  }

  /** A row of which everything but its key and defect is unreadable. */
  private static class Defective implements FlatRow {
    private final long rental;
    private final long payment;

    Defective(long rental, long payment) {
      this.rental = rental;
      this.payment = payment;
    }

    @Override
    public long rentalId() {
      return rental;
    }

    @Override
    public long paymentId() {
      return payment;
    }

    @Override
    public long categoryId() {
      return 1;
    }

    @Override
    public String defect() {
      return "defect of payment " + payment;
    }

    @Override
    public long customerId() {
      throw new AssertionError("unreadable");
    }

    @Override
    public String customerName() {
      throw new AssertionError("unreadable");
    }

    @Override
    public long filmId() {
      throw new AssertionError("unreadable");
    }

    @Override
    public String filmTitle() {
      throw new AssertionError("unreadable");
    }

    @Override
    public String category() {
      throw new AssertionError("unreadable");
    }

    @Override
    public long amountCents() {
      throw new AssertionError("unreadable");
    }

    @Override
    public LocalDateTime rentalDate() {
      throw new AssertionError("unreadable");
    }

    @Override
    public LocalDateTime returnDate() {
      throw new AssertionError("unreadable");
    }
  }

  /** One object for all rows. */
  private static final class Flyweight extends Defective {
    private long rentalId;

    Flyweight() {
      super(0, 1);
    }

    @Override
    public long rentalId() {
      return rentalId;
    }

    @Override
    public String defect() {
      return null;
    }

    @Override
    public long customerId() {
      return 1;
    }

    @Override
    public String customerName() {
      return "A B";
    }

    @Override
    public long filmId() {
      return 1;
    }

    @Override
    public String filmTitle() {
      return "TITLE";
    }

    @Override
    public String category() {
      return "Action";
    }

    @Override
    public long amountCents() {
      return 299;
    }

    @Override
    public LocalDateTime rentalDate() {
      return LocalDateTime.MIN;
    }

    @Override
    public LocalDateTime returnDate() {
      return null;
    }
  }
}
