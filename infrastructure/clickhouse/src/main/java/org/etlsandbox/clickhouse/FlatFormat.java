package org.etlsandbox.clickhouse;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code customer_order_flat} in RowBinary, as it is read: the columns of the schema file,
 * in its order.
 */
final class FlatFormat {

  record Column(String name, String type) {}

  /** As {@code system.columns} tells them; the header of every insert, so the server checks it. */
  static final List<Column> COLUMNS =
      List.of(
          new Column("rental_id", "UInt32"),
          new Column("payment_id", "UInt32"),
          new Column("category_id", "UInt32"),
          new Column("customer_id", "UInt32"),
          new Column("customer_name", "String"),
          new Column("film_id", "UInt32"),
          new Column("film_title", "String"),
          new Column("category", "String"),
          new Column("amount", "Decimal(10, 2)"),
          new Column("rental_date", "DateTime64(0, 'UTC')"),
          new Column("return_date", "Nullable(DateTime64(0, 'UTC'))"),
          new Column("row_version", "UInt64"),
          new Column("is_deleted", "UInt8"));

  private FlatFormat() {}

  /** A wall clock as DateTime64(0, 'UTC'): seconds since 1970 as if it stood in UTC. */
  static void writeWall(long second, RowBuffer out) {
    out.int64(second);
  }

  /**
   * @param second {@link FlatRow#NOT_RETURNED} becomes null
   */
  static void writeNullableWall(long second, RowBuffer out) {
    boolean isNull = second == FlatRow.NOT_RETURNED;
    out.uint8(isNull ? 1 : 0);
    if (!isNull) {
      writeWall(second, out);
    }
  }

  static LocalDateTime readWall(RowReader in) {
    return LocalDateTime.ofEpochSecond(in.int64(), 0, ZoneOffset.UTC);
  }

  static @Nullable LocalDateTime readNullableWall(RowReader in) {
    return in.uint8() == 1 ? null : readWall(in);
  }

  /** The same in seconds; null is {@link FlatRow#NOT_RETURNED}. */
  static long readNullableSecond(RowReader in) {
    return in.uint8() == 1 ? FlatRow.NOT_RETURNED : in.int64();
  }

  static StoredFlat read(RowReader in) {
    CustomerOrderFlat flat =
        new CustomerOrderFlat(
            in.uint32(),
            in.uint32(),
            in.uint32(),
            in.uint32(),
            in.text(),
            in.uint32(),
            in.text(),
            in.text(),
            in.int64(),
            readWall(in),
            readNullableWall(in));
    return new StoredFlat(flat, in.int64(), in.uint8() == 1);
  }

  /** Moves past customer_id and what follows it, up to the destination's own columns. */
  static void skipValues(RowReader in) {
    in.skip(4);
    in.skipText();
    in.skip(4);
    in.skipText();
    in.skipText();
    in.skip(8 + 8);
    if (in.uint8() == 0) {
      in.skip(8);
    }
  }
}
