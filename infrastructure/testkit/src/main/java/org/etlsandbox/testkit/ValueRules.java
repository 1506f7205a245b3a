package org.etlsandbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etlsandbox.testkit.DestinationRules.assertFails;
import static org.etlsandbox.testkit.DestinationRules.result;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.RefreshScope.Range;
import org.etlsandbox.flat.RefreshScope.Rentals;
import org.junit.jupiter.api.Test;

/** A value is stored exactly or refused; never rounded, shifted, truncated or replaced. */
interface ValueRules extends DestinationRules {

  @Test
  default void exactlyTheDeclaredRowsAreRefused() {
    assertThat(HostileFlats.all())
        .allSatisfy(row -> {
          String refusal = destination().refusal(row);
          if (isBeyond(differences(), row)) {
            assertThat(refusal).as("refusal of %s", row).isNotBlank();
          } else {
            assertThat(refusal).as("refusal of %s", row).isNull();
          }
        });
  }

  @Test
  default void hostileValuesComeBackExactly() {
    List<CustomerOrderFlat> rows = storable();
    refresh(EVERYTHING, 1, rows);
    assertThat(live()).containsExactlyElementsOf(rows);
    assertThat(refresh(EVERYTHING, 2, rows)).isEqualTo(result(0, 0, 0, rows.size()));
  }

  /** The second way in: where the destination holds the rentals already. */
  @Test
  default void hostileValuesComeBackExactlyAsUpdatesToo() {
    List<CustomerOrderFlat> rows = storable();
    List<CustomerOrderFlat> harmless =
        rows.stream()
            .map(row ->
                SampleFlat.of(row.rentalId(), row.paymentId(), row.categoryId())
                    .customerId(7)
                    .build())
            .toList();
    refresh(EVERYTHING, 1, harmless);
    Rentals scope =
        new Rentals(rows.stream().mapToLong(CustomerOrderFlat::rentalId).distinct().toArray());
    assertThat(refresh(scope, 2, rows)).isEqualTo(result(0, rows.size(), 0, 0));
    assertThat(live()).containsExactlyElementsOf(rows);
    assertThat(refresh(scope, 3, rows)).isEqualTo(result(0, 0, 0, rows.size()));
  }

  @Test
  default void wallClocksComeBackUnshifted() {
    List<CustomerOrderFlat> rows = new ArrayList<>();
    for (LocalDateTime moment : HostileFlats.MOMENTS) {
      if (isWithin(differences(), moment)) {
        rows.add(
            SampleFlat.of(rows.size() + 1L, 1, 1).rentalDate(moment).returnDate(moment).build());
      }
    }
    refresh(new Range(0, 1000), 1, rows);
    assertThat(live())
        .extracting(CustomerOrderFlat::rentalDate)
        .containsExactlyElementsOf(rows.stream().map(CustomerOrderFlat::rentalDate).toList());
    assertThat(live()).containsExactlyElementsOf(rows);
  }

  @Test
  default void textsThatOnlyLookAlikeAreDifferent() {
    long version = 0;
    for (Map.Entry<String, String> pair : HostileFlats.LOOKALIKES.entrySet()) {
      for (List<String> step :
          List.of(
              List.of(pair.getKey(), pair.getValue()), List.of(pair.getValue(), pair.getKey()))) {
        CustomerOrderFlat before = named(step.getFirst());
        CustomerOrderFlat after = named(step.getLast());
        refresh(new Rentals(1), ++version, before);
        assertThat(live()).containsExactly(before);
        assertThat(refresh(new Rentals(1), ++version, after))
            .as("'%s' to '%s'", step.getFirst(), step.getLast())
            .isEqualTo(result(0, 1, 0, 0));
        assertThat(live()).containsExactly(after);
      }
    }
  }

  /** What an engine refuses is refused by the write as well, and then nothing was changed. */
  @Test
  default void aRowThatCannotBeHeldChangesNothing() {
    refresh(new Range(0, 10), 1, SampleFlat.row(1, 1, 1), SampleFlat.row(2, 2, 1));
    List<StoredFlat> before = stored();
    Stream<CustomerOrderFlat> tooLarge =
        Stream.of(
            SampleFlat.of(1, 1, 1).amountCents(CustomerOrderFlat.MAX_AMOUNT_CENTS + 1).build(),
            SampleFlat.of(1, 1, 1).amountCents(-CustomerOrderFlat.MAX_AMOUNT_CENTS - 1).build());
    Stream<CustomerOrderFlat> refused =
        HostileFlats.all().stream().filter(row -> isBeyond(differences(), row)).limit(4);
    for (CustomerOrderFlat row : Stream.concat(tooLarge, refused).toList()) {
      CustomerOrderFlat inKnown = moved(row, 2);
      CustomerOrderFlat inUnknown = moved(row, 1500);
      CustomerOrderFlat changed = SampleFlat.of(1, 1, 1).amountCents(5).build();
      CustomerOrderFlat last = SampleFlat.row(3, 3, 1);
      assertFails(Kind.DATA, () -> refresh(new Range(0, 10), 2, changed, inKnown, last));
      assertFails(Kind.DATA, () -> refresh(new Rentals(1, 2), 3, changed, inKnown));
      assertFails(
          Kind.DATA,
          () -> refresh(new Range(1000, 2000), 4, SampleFlat.row(1400, 1, 1), inUnknown));
      assertThat(stored()).as("after %s", row).isEqualTo(before);
    }
    assertThat(refresh(new Range(0, 10), 5, SampleFlat.row(1, 1, 1)))
        .as("goes on working")
        .isEqualTo(result(0, 0, 1, 1));
  }

  private List<CustomerOrderFlat> storable() {
    return HostileFlats.all().stream().filter(row -> !isBeyond(differences(), row)).toList();
  }

  private static CustomerOrderFlat named(String text) {
    return SampleFlat.of(1, 1, 1).customerName(text).filmTitle(text).category(text).build();
  }

  private static CustomerOrderFlat moved(CustomerOrderFlat row, long rental) {
    return new CustomerOrderFlat(
        rental,
        row.paymentId(),
        row.categoryId(),
        row.customerId(),
        row.customerName(),
        row.filmId(),
        row.filmTitle(),
        row.category(),
        row.amountCents(),
        row.rentalDate(),
        row.returnDate());
  }

  private static boolean isBeyond(Differences differences, CustomerOrderFlat row) {
    LocalDateTime returned = row.returnDate();
    return (differences.refusesNul() && HostileFlats.hasNul(row))
        || !isWithin(differences, row.rentalDate())
        || (returned != null && !isWithin(differences, returned));
  }

  private static boolean isWithin(Differences differences, LocalDateTime moment) {
    return !moment.isBefore(differences.earliest()) && !moment.isAfter(differences.latest());
  }
}
