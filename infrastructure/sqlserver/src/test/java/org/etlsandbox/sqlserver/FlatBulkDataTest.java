package org.etlsandbox.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.testkit.HostileFlats;
import org.etlsandbox.testkit.SampleFlat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the driver is handed is the row, or nothing. */
class FlatBulkDataTest {
  private static final Server SQL_SERVER = new Server("SQL Server 16", true);
  private static final Server ANOTHER = new Server("Babelfish 4", false);

  static Stream<CustomerOrderFlat> hostile() {
    return HostileFlats.all().stream();
  }

  @ParameterizedTest(name = "{index}") // hostile in a test's name, too
  @MethodSource("hostile")
  void everyExtremeIsHandedOverAsItIs(CustomerOrderFlat row) {
    Object[] values = handedOver(SQL_SERVER, row);
    LocalDateTime returned = row.returnDate();
    assertThat(values)
        .containsExactly(
            row.rentalId(),
            row.paymentId(),
            row.categoryId(),
            row.customerId(),
            row.customerName(),
            row.filmId(),
            row.filmTitle(),
            row.category(),
            BigDecimal.valueOf(row.amountCents(), 2),
            iso(row.rentalDate()),
            returned == null ? null : iso(returned),
            42L);
    assertThat(((BigDecimal) values[8]).scale()).isEqualTo(2);
  }

  /** By the letters of ISO 8601, not by the formatter that would be the obvious implementation. */
  private static String iso(LocalDateTime moment) {
    return "%04d-%02d-%02dT%02d:%02d:%02d"
        .formatted(
            moment.getYear(),
            moment.getMonthValue(),
            moment.getDayOfMonth(),
            moment.getHour(),
            moment.getMinute(),
            moment.getSecond());
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01T00:00:00, 0001-01-01T00:00:00",
    "0999-12-31T23:59:59, 0999-12-31T23:59:59",
    "1582-10-10T00:00:00, 1582-10-10T00:00:00",
    "2010-04-04T02:30:00, 2010-04-04T02:30:00",
    "9999-12-31T23:59:59, 9999-12-31T23:59:59",
  })
  void aMomentIsATextOfNineteenCharacters(LocalDateTime moment, String text) {
    CustomerOrderFlat row = SampleFlat.of(1, 1, 1).rentalDate(moment).returnDate(moment).build();
    assertThat(handedOver(SQL_SERVER, row)).contains(text, atIndex(9)).contains(text, atIndex(10));
  }

  /** datetime2(0) has the years 1 to 9999 and would round a fraction. */
  @ParameterizedTest
  @CsvSource({
    "+10000-01-01T00:00:00, 10000-01-01",
    "+12345-06-07T08:09:10, 12345-06-07",
    "0000-12-31T23:59:59, 0000-12-31",
    "-0001-01-01T00:00:00, -0001-01-01",
    "2005-05-24T22:53:30.5, fraction of a second",
    "2005-05-24T22:53:30.000000001, fraction of a second",
  })
  void aMomentThatTheColumnDoesNotHaveIsRefused(LocalDateTime moment, String said) {
    assertRefused(SQL_SERVER, SampleFlat.of(7, 8, 1).rentalDate(moment).build(), said);
    assertRefused(SQL_SERVER, SampleFlat.of(7, 8, 1).returnDate(moment).build(), said);
  }

  @ParameterizedTest
  @CsvSource({"10000000000", "-10000000000", "9223372036854775807", "-9223372036854775808"})
  void anAmountBeyondDecimal10And2IsRefused(long cents) {
    assertRefused(
        SQL_SERVER,
        SampleFlat.of(7, 8, 1).amountCents(cents).build(),
        "an amount of %d hundredths is beyond decimal(10,2)".formatted(cents));
  }

  /** NVARCHAR counts UTF-16 code units, two for a character beyond U+FFFF. */
  @ParameterizedTest
  @CsvSource({"x, 1", "🎬, 2"})
  void aTextAsLongAsItsColumnIsTakenAndALongerOneIsNot(String character, int units) {
    for (Server server : List.of(SQL_SERVER, ANOTHER)) {
      CustomerOrderFlat full =
          SampleFlat.of(7, 8, 1)
              .customerName(character.repeat(182 / units))
              .filmTitle(character.repeat(510 / units))
              .category(character.repeat(50 / units))
              .build();
      assertThat(FlatBulkData.refusal(full, server)).isNull();
      assertThat(handedOver(server, full)).contains(full.filmTitle());

      assertRefused(
          server,
          SampleFlat.of(7, 8, 1).customerName(full.customerName() + "x").build(),
          "customer_name has 183 UTF-16 code units, more than nvarchar(182) holds");
      assertRefused(
          server,
          SampleFlat.of(7, 8, 1).filmTitle(full.filmTitle() + "x").build(),
          "film_title has 511 UTF-16 code units, more than nvarchar(510) holds");
      assertRefused(
          server,
          SampleFlat.of(7, 8, 1).category(full.category() + "x").build(),
          "category has 51 UTF-16 code units, more than nvarchar(50) holds");
    }
  }

  @Test
  void onlySqlServerStoresNul() {
    for (CustomerOrderFlat row :
        List.of(
            SampleFlat.of(7, 8, 1).customerName("ab\0").build(),
            SampleFlat.of(7, 8, 1).filmTitle("ab\0c").build(),
            SampleFlat.of(7, 8, 1).category("ab\0\0").build())) {
      assertThat(FlatBulkData.refusal(row, SQL_SERVER)).isNull();
      assertThat(handedOver(SQL_SERVER, row)).hasSize(12);
      assertThat(FlatBulkData.refusal(row, ANOTHER))
          .contains("a NUL (U+0000) at position 2, which Babelfish 4 cannot store");
      assertRefused(ANOTHER, row, "NUL");
    }
  }

  @Test
  void rowsAreCountedAsTheyAreHandedOver() {
    FlatBulkData data =
        new FlatBulkData(
            FlatStream.of(List.of(SampleFlat.row(1, 1, 1), SampleFlat.row(2, 2, 1))),
            1,
            SQL_SERVER);
    assertThat(data.read()).isZero();
    assertThat(data.next()).isTrue();
    assertThat(data.next()).isTrue();
    assertThat(data.next()).isFalse();
    assertThat(data.read()).isEqualTo(2);
    assertThat(data.failure()).isNull();
  }

  private static @Nullable Object[] handedOver(Server server, CustomerOrderFlat row) {
    FlatBulkData data = new FlatBulkData(FlatStream.of(List.of(row)), 42, server);
    assertThat(data.next()).isTrue();
    return data.getRowData().clone();
  }

  private static void assertRefused(Server server, CustomerOrderFlat row, String said) {
    FlatBulkData data = new FlatBulkData(FlatStream.of(List.of(row)), 42, server);
    StoreException failure = catchThrowableOfType(StoreException.class, data::next);
    assertThat(failure).as("refusal of %s, not %s", row, data).isNotNull();
    assertThat(failure.kind()).isEqualTo(StoreException.Kind.DATA);
    assertThat(failure)
        .hasMessageContaining("rental 7, payment 8")
        .hasMessageContaining(said)
        .hasMessageEndingWith("Nothing of this refresh was written.");
    assertThat(data.failure()).as("kept for the driver may lose it").isSameAs(failure);
    assertThat(data.read()).isZero();
  }
}
