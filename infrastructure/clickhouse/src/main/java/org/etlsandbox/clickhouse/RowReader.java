package org.etlsandbox.clickhouse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link RowBuffer} writes: RowBinary from bytes that are wholly in memory. */
final class RowReader {

  private final ByteBuffer bytes;

  RowReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean hasMore() {
    return bytes.hasRemaining();
  }

  int position() {
    return bytes.position();
  }

  void position(int position) {
    bytes.position(position);
  }

  void skip(int count) {
    bytes.position(bytes.position() + count);
  }

  int uint8() {
    return Byte.toUnsignedInt(bytes.get());
  }

  long uint32() {
    return Integer.toUnsignedLong(bytes.getInt());
  }

  long int64() {
    return bytes.getLong();
  }

  String text() {
    int length = length();
    String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
    skip(length);
    return text;
  }

  /** A text as it is stored. */
  byte[] utf8() {
    byte[] utf8 = new byte[length()];
    bytes.get(utf8);
    return utf8;
  }

  /** Moves past a text; whether it was this one. */
  boolean isText(byte[] utf8) {
    int length = length();
    int from = bytes.position();
    skip(length);
    return Arrays.equals(bytes.array(), from, from + length, utf8, 0, utf8.length);
  }

  void skipText() {
    skip(length());
  }

  private int length() {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int next = uint8();
      length |= (next & 0x7F) << shift;
      if (next <= 0x7F) {
        return length;
      }
    }
  }
}
