package org.etlsandbox.engines.chdb;

import com.clickhouse.data.ClickHouseCityHash;
import com.github.luben.zstd.Zstd;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Factory;

/** Reads ClickHouse's compressed frames; see {@link CompressedOutput} for their layout. */
final class CompressedInput extends InputStream {
  private static final byte NONE = 0x02;

  /** Far above what clients send (1 MB); a wrong length must not allocate gigabytes. */
  private static final int LARGEST_FRAME = 256 * 1024 * 1024;

  private final InputStream in;
  private byte[] data = new byte[0];
  private int position;

  CompressedInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return hasData() ? data[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasData()) {
      return -1;
    }
    int count = Math.min(length, data.length - position);
    System.arraycopy(data, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean hasData() throws IOException {
    while (position == data.length) {
      byte[] checksum = in.readNBytes(16);
      if (checksum.length == 0) {
        return false;
      }
      data = frame(checksum);
      position = 0;
    }
    return true;
  }

  private byte[] frame(byte[] checksum) throws IOException {
    byte[] head = in.readNBytes(CompressedOutput.HEADER);
    if (checksum.length < 16 || head.length < CompressedOutput.HEADER) {
      throw new EOFException("The compressed request ends inside a frame");
    }
    ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    byte method = header.get();
    int compressed = header.getInt();
    int plain = header.getInt();
    if (compressed < CompressedOutput.HEADER
        || compressed > LARGEST_FRAME
        || plain < 0
        || plain > LARGEST_FRAME) {
      throw new IOException(
          "A compressed frame of %d for %d bytes is not valid".formatted(compressed, plain));
    }
    byte[] whole = new byte[compressed];
    System.arraycopy(head, 0, whole, 0, head.length);
    if (in.readNBytes(whole, head.length, compressed - head.length) < compressed - head.length) {
      throw new EOFException("The compressed request ends inside a frame");
    }
    long[] hash = ClickHouseCityHash.cityHash128(whole, 0, compressed);
    ByteBuffer expected = ByteBuffer.wrap(checksum).order(ByteOrder.LITTLE_ENDIAN);
    if (hash[0] != expected.getLong() || hash[1] != expected.getLong()) {
      throw new IOException("The checksum of a compressed frame does not fit");
    }
    return expand(method, whole, plain);
  }

  private static byte[] expand(byte method, byte[] whole, int plain) throws IOException {
    byte[] result = new byte[plain];
    int length = whole.length - CompressedOutput.HEADER;
    switch (method) {
      case NONE -> System.arraycopy(whole, CompressedOutput.HEADER, result, 0, plain);
      case CompressedOutput.LZ4 ->
          LZ4Factory.fastestInstance()
              .safeDecompressor()
              .decompress(whole, CompressedOutput.HEADER, length, result, 0, plain);
      case CompressedOutput.ZSTD ->
          Zstd.decompressByteArray(result, 0, plain, whole, CompressedOutput.HEADER, length);
      default ->
          throw new IOException(
              "Compression method 0x%02x is not supported: use LZ4 or ZSTD".formatted(method));
    }
    return result;
  }
}
