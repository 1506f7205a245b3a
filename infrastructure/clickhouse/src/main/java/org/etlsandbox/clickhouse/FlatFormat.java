package org.etlsandbox.clickhouse;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.etlsandbox.destination.StoredFlat;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.jspecify.annotations.Nullable;

/** A row of {@code customer_order_flat} as bytes: the columns of the schema file, in its order. */
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

  /** Bytes of row_version and is_deleted, the last two columns. */
  static final int OWN_COLUMNS_SIZE = 8 + 1;

  private FlatFormat() {}

  /** The columns that come from Jupiter: all but the last two. */
  static void writeBusiness(FlatRow row, RowBuffer out) {
    out.uint32(row.rentalId())
        .uint32(row.paymentId())
        .uint32(row.categoryId())
        .uint32(row.customerId())
        .text(row.customerName())
        .uint32(row.filmId())
        .text(row.filmTitle())
        .text(row.category())
        .int64(row.amountCents());
    writeWall(row.rentalDate(), out);
    writeNullableWall(row.returnDate(), out);
  }

  /** The destination's own columns, the last two. */
  static void writeOwn(long rowVersion, boolean deleted, RowBuffer out) {
    out.int64(rowVersion).uint8(deleted ? 1 : 0);
  }

  /** A wall clock as DateTime64(0, 'UTC'): seconds since 1970 as if it stood in UTC. */
  static void writeWall(LocalDateTime wall, RowBuffer out) {
    out.int64(wall.toEpochSecond(ZoneOffset.UTC));
  }

  static void writeNullableWall(@Nullable LocalDateTime wall, RowBuffer out) {
    out.uint8(wall == null ? 1 : 0);
    if (wall != null) {
      writeWall(wall, out);
    }
  }

  static LocalDateTime readWall(RowReader in) {
    return LocalDateTime.ofEpochSecond(in.int64(), 0, ZoneOffset.UTC);
  }

  static @Nullable LocalDateTime readNullableWall(RowReader in) {
    return in.uint8() == 1 ? null : readWall(in);
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
