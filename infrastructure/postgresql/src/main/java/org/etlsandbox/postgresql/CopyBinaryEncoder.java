package org.etlsandbox.postgresql;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatText;

/**
 * Writes rows in the format of {@code COPY … WITH (FORMAT binary)}, in the order of {@link
 * #COLUMNS}. Nothing is allocated for a row. A value that PostgreSQL would round or replace ends in
 * a {@link StoreException} of kind {@code DATA}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4">Binary
 *     format</a>
 */
final class CopyBinaryEncoder {
  static final String COLUMNS =
      "rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,"
          + " category, amount, rental_date, return_date, row_version";

  /** Takes what was encoded so far; the array is reused afterwards. */
  interface Sink {
    void write(byte[] bytes, int length) throws SQLException;
  }

  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int CHUNK = 1 << 16;
  private static final int COLUMN_COUNT = 12;

  /** Everything of a row but its texts: 12 lengths, 8-byte numbers and dates, the amount. */
  private static final int FIXED_BYTES = 2 + COLUMN_COUNT * 4 + 8 * 8 + 14;

  /** PostgreSQL counts time from 2000-01-01, and in microseconds. */
  private static final long POSTGRES_EPOCH_SECOND = 946_684_800L;

  private static final short NUMERIC_POSITIVE = 0x0000;
  private static final short NUMERIC_NEGATIVE = 0x4000;

  private final Sink sink;
  private byte[] buffer = new byte[CHUNK];
  private int size;

  /** Where the last row begins. */
  private int rowBegin;

  CopyBinaryEncoder(Sink sink) {
    this.sink = sink;
  }

  void begin() {
    System.arraycopy(SIGNATURE, 0, buffer, size, SIGNATURE.length);
    size += SIGNATURE.length;
    putInt(0); // flags
    putInt(0); // no header extension
  }

  void row(FlatRow row, long rowVersion) throws SQLException {
    byte[] name = utf8(row.customerNameText(), row);
    byte[] title = utf8(row.filmTitleText(), row);
    byte[] category = utf8(row.categoryText(), row);
    reserve(FIXED_BYTES + name.length + title.length + category.length);
    rowBegin = size;
    putShort(COLUMN_COUNT);
    putLongField(row.rentalId());
    putLongField(row.paymentId());
    putLongField(row.categoryId());
    putLongField(row.customerId());
    putText(name);
    putLongField(row.filmId());
    putText(title);
    putText(category);
    putAmount(row.amountCents(), row);
    putMoment(row.rentalSecond());
    long returned = row.returnSecond();
    if (returned == FlatRow.NOT_RETURNED) {
      putInt(-1);
    } else {
      putMoment(returned);
    }
    putLongField(rowVersion);
  }

  /** Takes the last row back. */
  void forgetRow() {
    size = rowBegin;
  }

  /**
   * Whether the last row, without so many bytes at its begin and its end, is equal to a part of
   * other bytes.
   */
  boolean rowEquals(int skipFirst, int skipLast, byte[] other, int from, int to) {
    return Arrays.equals(buffer, rowBegin + skipFirst, size - skipLast, other, from, to);
  }

  void end() throws SQLException {
    reserve(2);
    putShort(-1);
    flush();
  }

  private static byte[] utf8(FlatText text, FlatRow row) {
    String flaw = text.flaw();
    if (flaw != null) {
      throw refused(row, "a text with " + flaw);
    }
    return text.utf8();
  }

  private void putText(byte[] utf8) {
    putInt(utf8.length);
    System.arraycopy(utf8, 0, buffer, size, utf8.length);
    size += utf8.length;
  }

  /**
   * numeric: base-10000 digits, the weight of the first one, a sign, the digits after the point.
   */
  private void putAmount(long cents, FlatRow row) {
    if (cents > CustomerOrderFlat.MAX_AMOUNT_CENTS || cents < -CustomerOrderFlat.MAX_AMOUNT_CENTS) {
      throw refused(row, "an amount of %d hundredths, beyond numeric(10,2)".formatted(cents));
    }
    long magnitude = Math.abs(cents);
    int whole = (int) (magnitude / 100);
    int first = whole / 10_000;
    int second = whole % 10_000;
    int fraction = (int) (magnitude % 100) * 100;
    int weight = first != 0 ? 1 : second != 0 ? 0 : fraction != 0 ? -1 : -2;
    int last = fraction != 0 ? -1 : second != 0 ? 0 : first != 0 ? 1 : -1;
    int digits = weight - last + 1;
    putInt(8 + 2 * digits);
    putShort(digits);
    putShort(digits == 0 ? 0 : weight);
    putShort(cents < 0 ? NUMERIC_NEGATIVE : NUMERIC_POSITIVE);
    putShort(2);
    for (int at = weight; at >= last; at--) {
      putShort(at == 1 ? first : at == 0 ? second : fraction);
    }
  }

  private void putMoment(long second) {
    putLongField((second - POSTGRES_EPOCH_SECOND) * 1_000_000);
  }

  private static StoreException refused(FlatRow row, String what) {
    return new StoreException(
        Kind.DATA,
        "PostgreSQL cannot hold rental %d, payment %d: it has %s. Nothing of this refresh was written."
            .formatted(row.rentalId(), row.paymentId(), what));
  }

  private void reserve(int bytes) throws SQLException {
    if (size + bytes > buffer.length) {
      flush();
      if (bytes > buffer.length) {
        buffer = Arrays.copyOf(buffer, bytes);
      }
    }
  }

  private void flush() throws SQLException {
    if (size > 0) {
      sink.write(buffer, size);
      size = 0;
    }
  }

  private void putLongField(long value) {
    putInt(Long.BYTES);
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  private void putInt(int value) {
    byte[] to = buffer;
    int at = size;
    to[at] = (byte) (value >>> 24);
    to[at + 1] = (byte) (value >>> 16);
    to[at + 2] = (byte) (value >>> 8);
    to[at + 3] = (byte) value;
    size = at + 4;
  }

  private void putShort(int value) {
    buffer[size++] = (byte) (value >>> 8);
    buffer[size++] = (byte) value;
  }
}
