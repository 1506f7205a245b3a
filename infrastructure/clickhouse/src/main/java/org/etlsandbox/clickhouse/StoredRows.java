package org.etlsandbox.clickhouse;

import org.etlsandbox.flat.FlatRow;

/**
 * A cursor over the stored rows of a scope, which stay as the bytes that ClickHouse sent: to
 * compare a row, or to write its tombstone, nothing need be decoded but its key.
 */
final class StoredRows {

  /** Three UInt32. */
  private static final int KEY_SIZE = 3 * Integer.BYTES;

  private final RowReader reader;
  private boolean present;
  private int start;
  private int end;
  private long rentalId;
  private long paymentId;
  private long categoryId;
  private long rowVersion;
  private boolean deleted;

  /** Stands on the first row. */
  StoredRows(byte[] rowBinary) {
    this.reader = new RowReader(rowBinary);
    advance();
  }

  boolean present() {
    return present;
  }

  void advance() {
    present = reader.hasMore();
    if (present) {
      start = reader.position();
      rentalId = reader.uint32();
      paymentId = reader.uint32();
      categoryId = reader.uint32();
      FlatFormat.skipValues(reader);
      rowVersion = reader.int64();
      deleted = reader.uint8() == 1;
      end = reader.position();
    }
  }

  /** Less than 0 when this row's key comes before the other's, 0 when they are equal. */
  int compareKey(FlatRow row) {
    int order = Long.compare(rentalId, row.rentalId());
    if (order == 0) {
      order = Long.compare(paymentId, row.paymentId());
    }
    return order == 0 ? Long.compare(categoryId, row.categoryId()) : order;
  }

  long rowVersion() {
    return rowVersion;
  }

  boolean deleted() {
    return deleted;
  }

  /** Whether all that comes from Jupiter is the same; only for a row with the same key. */
  boolean sameValues(FlatRow row) {
    reader.position(start + KEY_SIZE);
    boolean same =
        reader.uint32() == row.customerId()
            && reader.isText(row.customerNameText().utf8())
            && reader.uint32() == row.filmId()
            && reader.isText(row.filmTitleText().utf8())
            && reader.isText(row.categoryText().utf8())
            && reader.int64() == row.amountCents()
            && reader.int64() == row.rentalSecond()
            && FlatFormat.readNullableSecond(reader) == row.returnSecond();
    reader.position(end);
    return same;
  }

  void writeTombstone(long version, FlatBlock out) {
    reader.position(start);
    out.tombstone(reader, version);
    reader.position(end);
  }
}
