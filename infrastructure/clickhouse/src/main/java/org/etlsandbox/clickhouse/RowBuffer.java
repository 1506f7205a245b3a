package org.etlsandbox.clickhouse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes in the making, in ClickHouse's RowBinary format: little-endian, texts as UTF-8 with their
 * length as LEB128 before them. Grows as needed, is reused after {@link #clear()}; for one thread.
 *
 * @see <a href="https://clickhouse.com/docs/interfaces/formats/RowBinary">RowBinary</a>
 */
final class RowBuffer {

  private byte[] bytes;
  private int size;

  RowBuffer(int capacity) {
    this.bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
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
    for (int shift = 0; shift < 32; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  RowBuffer int64(long value) {
    reserve(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  RowBuffer text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    length(utf8.length);
    return raw(utf8, 0, utf8.length);
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

  RowBuffer raw(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
    return this;
  }

  RowBuffer append(RowBuffer other) {
    return raw(other.bytes, 0, other.size);
  }

  boolean equalTo(byte[] other, int from, int to) {
    return Arrays.equals(bytes, 0, size, other, from, to);
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      // Half as much again; exact addition fails loudly at 2 GiB, which no bounded scope reaches
      int needed = Math.addExact(size, more);
      long grown = Math.min(Integer.MAX_VALUE - 8L, bytes.length + (bytes.length >> 1) + 16L);
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) grown));
    }
  }
}
