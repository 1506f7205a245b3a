package org.etlsandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HexFormat;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.junit.jupiter.api.Test;

class FlatBlockTest {

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

  private static final CustomerOrderFlat OUT =
      new CustomerOrderFlat(
          2, 3, 4, 5, "A", 6, "B", "C", 7, LocalDateTime.of(1970, 1, 1, 0, 1, 0), null);

  /** Written down by hand from ClickHouse's description of Native. */
  @Test
  void aBlockHasTheseBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FlatBlock().live(EXTREME, 0x0102_0304_0506_0708L).live(OUT, 9).writeTo(bytes);

    assertThat(HexFormat.of().formatHex(bytes.toByteArray()))
        .isEqualTo(
            "0d02" // columns, rows
                + column("rental_id", "UInt32", "01000000" + "02000000")
                + column("payment_id", "UInt32", "ffffffff" + "03000000")
                + column("category_id", "UInt32", "00010000" + "04000000")
                + column("customer_id", "UInt32", "00000080" + "05000000")
                + column("customer_name", "String", "07" + "00c3a9f09f9880" + "01" + "41")
                + column("film_id", "UInt32", "03000000" + "06000000")
                + column("film_title", "String", "00" + "01" + "42")
                + column("category", "String", "8001" + "78".repeat(128) + "01" + "43")
                + column("amount", "Decimal(10, 2)", "011cf4abfdffffff" + "0700000000000000")
                + column(
                    "rental_date", "DateTime64(0, 'UTC')", "8081557cffffffff" + "3c00000000000000")
                + column(
                    "return_date",
                    "Nullable(DateTime64(0, 'UTC'))",
                    "0001" + "0100000000000000" + "0000000000000000")
                + column("row_version", "UInt64", "0807060504030201" + "0900000000000000")
                + column("is_deleted", "UInt8", "0000"));
  }

  /** Seen by the bytes: they differ from the live rows' in version and mark only. */
  @Test
  void aTombstoneKeepsTheStoredValues() throws IOException {
    for (CustomerOrderFlat flat : new CustomerOrderFlat[] {EXTREME, OUT}) {
      FlatBlock tombstone = new FlatBlock();
      RowReader stored = new RowReader(stored(flat));
      tombstone.tombstone(stored, 5);
      assertThat(stored.hasMore()).isFalse();

      byte[] expected = bytes(new FlatBlock().live(flat, 5));
      expected[expected.length - 1] = 1;
      assertThat(bytes(tombstone)).isEqualTo(expected);
    }
  }

  private static byte[] stored(CustomerOrderFlat flat) {
    RowBuffer row =
        new RowBuffer(1)
            .uint32(flat.rentalId())
            .uint32(flat.paymentId())
            .uint32(flat.categoryId())
            .uint32(flat.customerId())
            .text(flat.customerName())
            .uint32(flat.filmId())
            .text(flat.filmTitle())
            .text(flat.category())
            .int64(flat.amountCents())
            .int64(flat.rentalSecond());
    if (flat.returnDate() == null) {
      row.uint8(1);
    } else {
      row.uint8(0).int64(flat.returnSecond());
    }
    return row.toByteArray();
  }

  private static byte[] bytes(FlatBlock block) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    block.writeTo(bytes);
    return bytes.toByteArray();
  }

  private static String column(String name, String type, String values) {
    return text(name) + text(type) + values;
  }

  private static String text(String text) {
    return HexFormat.of().toHexDigits((byte) text.length())
        + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
