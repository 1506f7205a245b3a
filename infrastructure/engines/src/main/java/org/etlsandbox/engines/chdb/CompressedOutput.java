package org.etlsandbox.engines.chdb;

import com.clickhouse.data.ClickHouseCityHash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/**
 * Writes ClickHouse's compressed frames, with LZ4.
 *
 * <p>A frame is the CityHash128 (v1.0.2) of all that follows, 16 bytes; the method, 1 byte; the
 * compressed size including these nine bytes, and the plain size, 4 bytes each, little-endian; then
 * the compressed bytes. <a
 * href="https://clickhouse.com/docs/native-protocol/server#compression">Source</a>
 */
final class CompressedOutput extends OutputStream {
  static final int HEADER = 9;
  static final byte LZ4 = (byte) 0x82;
  static final byte ZSTD = (byte) 0x90;

  private static final int BLOCK = 256 * 1024;

  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
  private final OutputStream out;
  private final byte[] plain = new byte[BLOCK];
  private final byte[] frame = new byte[HEADER + compressor.maxCompressedLength(BLOCK)];
  private int filled;

  CompressedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int from = offset;
    while (from < offset + length) {
      int count = Math.min(BLOCK - filled, offset + length - from);
      System.arraycopy(source, from, plain, filled, count);
      filled += count;
      from += count;
      if (filled == BLOCK) {
        writeFrame();
      }
    }
  }

  private void writeFrame() throws IOException {
    int size = HEADER + compressor.compress(plain, 0, filled, frame, HEADER);
    ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).put(LZ4).putInt(size).putInt(filled);
    long[] hash = ClickHouseCityHash.cityHash128(frame, 0, size);
    out.write(
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(hash[0])
            .putLong(hash[1])
            .array());
    out.write(frame, 0, size);
    filled = 0;
  }

  @Override
  public void close() throws IOException {
    if (filled > 0) {
      writeFrame();
    }
    out.close();
  }
}
