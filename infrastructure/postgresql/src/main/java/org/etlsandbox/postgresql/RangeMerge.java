package org.etlsandbox.postgresql;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.etlsandbox.flat.FlatRow;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope.Range;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What of a range has to be written, found by one merge of both sides in key order: each row is
 * encoded, and its bytes are compared with those that the server sends of the stored one. Holds
 * only what differs. A row that is taken to differ though it does not costs time and nothing else:
 * the statement that writes looks again.
 */
final class RangeMerge {

  private static final String STORED =
      """
      COPY (
        SELECT rental_id, payment_id, category_id, customer_id, customer_name, film_id, film_title,
               category, amount, rental_date, return_date, row_version, is_deleted
          FROM customer_order_flat
         WHERE rental_id > %d
           AND rental_id <= %d
         ORDER BY rental_id, payment_id, category_id
      ) TO STDOUT WITH (FORMAT binary)
      """;

  /** Signature, flags, length of the extension: before the first row, in the same message. */
  private static final int HEADER_BYTES = 11 + 4 + 4;

  /** The number of columns. */
  private static final int COUNT_BYTES = 2;

  /** A bigint with its length. */
  private static final int NUMBER_BYTES = 4 + 8;

  /** A boolean with its length. */
  private static final int FLAG_BYTES = 4 + 1;

  private final long rowVersion;
  private final ByteArrayOutputStream differing = new ByteArrayOutputStream();
  private final CopyBinaryEncoder encoder =
      new CopyBinaryEncoder((bytes, length) -> differing.write(bytes, 0, length));

  private long[] gone = new long[3 * 16];
  private int goneCount;
  private long read;
  private long written;

  RangeMerge(long rowVersion) {
    this.rowVersion = rowVersion;
  }

  /** Reads both sides to their end. */
  void merge(Connection connection, Range range, FlatStream rows) throws SQLException {
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(STORED.formatted(range.from(), range.to()));
    try {
      Stored stored = new Stored(copy);
      encoder.begin();
      for (FlatRow row = rows.next(); row != null; row = rows.next()) {
        while (stored.isPresent() && stored.compareKey(row) < 0) {
          gone(stored);
          stored.advance();
        }
        boolean both = stored.isPresent() && stored.compareKey(row) == 0;
        take(row, both ? stored : null);
        if (both) {
          stored.advance();
        }
      }
      for (; stored.isPresent(); stored.advance()) {
        gone(stored);
      }
      encoder.end();
    } finally {
      // Not cancelled: the server may be done by then, and the next statement would get that answer
      while (copy.isActive() && copy.readFromCopy() != null) {
        // what is left of the range
      }
    }
  }

  private void take(FlatRow row, @Nullable Stored stored) throws SQLException {
    read++;
    encoder.row(row, rowVersion);
    boolean stays =
        stored != null
            && (stored.rowVersion() > rowVersion // a later refresh has read the later truth
                || !stored.isDeleted() && stored.hasValuesOf(encoder));
    if (stays) {
      encoder.forgetRow();
    } else {
      written++;
    }
  }

  private void gone(Stored stored) {
    if (stored.isDeleted() || stored.rowVersion() > rowVersion) {
      return;
    }
    if (gone.length == 3 * goneCount) {
      gone = Arrays.copyOf(gone, gone.length * 2);
    }
    for (int column = 0; column < 3; column++) {
      gone[3 * goneCount + column] = stored.number(column);
    }
    goneCount++;
  }

  /** How many rows Jupiter has. */
  long read() {
    return read;
  }

  /** How many rows are new or may differ. */
  long written() {
    return written;
  }

  /** Those rows, in the format of COPY. */
  byte[] differing() {
    return differing.toByteArray();
  }

  /** How many live rows Jupiter no longer has. */
  int goneCount() {
    return goneCount;
  }

  /** A column of their keys: 0 rental, 1 payment, 2 category. */
  Long[] gone(int column) {
    Long[] values = new Long[goneCount];
    for (int i = 0; i < goneCount; i++) {
      values[i] = gone[3 * i + column];
    }
    return values;
  }

  /** The stored row at which the merge stands. */
  private static final class Stored {
    private final CopyOut copy;
    private byte[] bytes = new byte[0];
    private int start = HEADER_BYTES;
    private boolean present = true;

    Stored(CopyOut copy) throws SQLException {
      this.copy = copy;
      read();
    }

    void advance() throws SQLException {
      start = 0;
      read();
    }

    /** A message is a row; the last one has no columns but -1 as their number. */
    private void read() throws SQLException {
      byte[] message = copy.readFromCopy();
      present = message != null && message.length - start > COUNT_BYTES;
      bytes = message == null ? bytes : message;
      while (!present && message != null) {
        message = copy.readFromCopy(); // to the end of the answer
      }
    }

    boolean isPresent() {
      return present;
    }

    /** One of the first three columns, the key. */
    long number(int column) {
      return numberAt(start + COUNT_BYTES + column * NUMBER_BYTES);
    }

    private long numberAt(int field) {
      return ByteBuffer.wrap(bytes).getLong(field + 4);
    }

    int compareKey(FlatRow row) {
      int order = Long.compare(number(0), row.rentalId());
      if (order == 0) {
        order = Long.compare(number(1), row.paymentId());
      }
      return order != 0 ? order : Long.compare(number(2), row.categoryId());
    }

    long rowVersion() {
      return numberAt(bytes.length - FLAG_BYTES - NUMBER_BYTES);
    }

    boolean isDeleted() {
      return bytes[bytes.length - 1] != 0;
    }

    /** Whether everything between the number of columns and the version is the same. */
    boolean hasValuesOf(CopyBinaryEncoder encoder) {
      return encoder.rowEquals(
          COUNT_BYTES,
          NUMBER_BYTES,
          bytes,
          start + COUNT_BYTES,
          bytes.length - FLAG_BYTES - NUMBER_BYTES);
    }
  }
}
