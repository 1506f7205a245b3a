package org.etlsandbox.engines.chdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** The head of RowBinaryWithNamesAndTypes: the count n, n names, n types. */
final class RowBinaryHeader {
  private final MemorySegment data;
  private long position;

  private RowBinaryHeader(MemorySegment data) {
    this.data = data;
  }

  static long length(MemorySegment data) {
    RowBinaryHeader header = new RowBinaryHeader(data);
    long strings = 2 * header.unsigned();
    for (long i = 0; i < strings; i++) {
      // why a variable: the length moves the position, too
      long length = header.unsigned();
      header.position += length;
    }
    return header.position;
  }

  /** LEB128. */
  private long unsigned() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = data.get(JAVA_BYTE, position++);
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return value;
      }
    }
  }
}
