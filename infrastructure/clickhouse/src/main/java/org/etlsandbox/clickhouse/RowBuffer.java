package org.etlsandbox.clickhouse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Values in the making, as ClickHouse's RowBinary and Native have them: little-endian, texts as
 * UTF-8 with their length as LEB128 before them. Grows as needed; for one thread.
 *
 * @see <a href="https://clickhouse.com/docs/interfaces/formats/RowBinary">RowBinary</a>
 */
final class RowBuffer {

  /** Of an int, in LEB128. */
  private static final int MAX_LENGTH_SIZE = 5;

  private byte[] bytes;
  private int size;

  RowBuffer(int capacity) {
    this.bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  RowBuffer uint8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  RowBuffer uint32(long value) {
    reserve(4);
    putInt((int) value);
    return this;
  }

  RowBuffer int64(long value) {
    reserve(8);
    putInt((int) value);
    putInt((int) (value >>> 32));
    return this;
  }

  RowBuffer text(String value) {
    return text(value.getBytes(StandardCharsets.UTF_8));
  }

  RowBuffer text(byte[] utf8) {
    reserve(MAX_LENGTH_SIZE + utf8.length);
    if (utf8.length <= 0x7F) {
      bytes[size++] = (byte) utf8.length; // nearly all
    } else {
      length(utf8.length);
    }
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  /** A count or a length, seven bits a byte, the lowest first. */
  RowBuffer length(int value) {
    int rest = value;
    while (rest > 0x7F) {
      uint8((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return uint8(rest);
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      // Twice as much; exact addition fails loudly at 2 GiB, which no bounded scope reaches
      int needed = Math.addExact(size, more);
      long grown = Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) grown));
    }
  }

  // One bounds check and one store after C2; a VarHandle is the same there, and slow before
  private void putInt(int value) {
    byte[] to = bytes;
    int at = size;
    to[at] = (byte) value;
    to[at + 1] = (byte) (value >>> 8);
    to[at + 2] = (byte) (value >>> 16);
    to[at + 3] = (byte) (value >>> 24);
    size = at + 4;
  }
}
