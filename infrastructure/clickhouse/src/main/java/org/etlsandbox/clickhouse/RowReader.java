package org.etlsandbox.clickhouse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

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
