package org.etlsandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.HexFormat;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatFormatTest {

  private static final CustomerOrderFlat EXTREME =
      new CustomerOrderFlat(
          1,
          0xFFFF_FFFFL,
          256,
          0x8000_0000L,
          "\0é😀",
          3,
          "",
          "x".repeat(128),
          -9_999_999_999L,
          LocalDateTime.of(1900, 1, 1, 0, 0, 0),
          LocalDateTime.of(1970, 1, 1, 0, 0, 1));

  /** Written down by hand from ClickHouse's description of RowBinary. */
  @Test
  void aRowIsReadFromTheseBytes() {
    byte[] row =
        HexFormat.of()
            .parseHex(
                "01000000" // rental_id
                    + "ffffffff" // payment_id
                    + "00010000" // category_id
                    + "00000080" // customer_id
                    + "07"
                    + "00c3a9f09f9880" // customer_name
                    + "03000000" // film_id
                    + "00" // film_title
                    + "8001"
                    + "78".repeat(128) // category
                    + "011cf4abfdffffff" // amount
                    + "8081557cffffffff" // rental_date
                    + "00"
                    + "0100000000000000" // return_date
                    + "0807060504030201" // row_version
                    + "01"); // is_deleted

    RowReader reader = new RowReader(row);
    assertThat(FlatFormat.read(reader))
        .isEqualTo(new StoredFlat(EXTREME, 0x0102_0304_0506_0708L, true));
    assertThat(reader.hasMore()).isFalse();

    RowReader skipping = new RowReader(row);
    skipping.skip(12);
    FlatFormat.skipValues(skipping);
    assertThat(skipping.int64()).isEqualTo(0x0102_0304_0506_0708L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 2_097_152})
  void textsOfAnyLength(int length) {
    String text = "a".repeat(length);
    RowReader reader = new RowReader(new RowBuffer(1).text(text).uint8(9).toByteArray());
    assertThat(reader.text()).isEqualTo(text);
    assertThat(reader.uint8()).isEqualTo(9);
  }
}
