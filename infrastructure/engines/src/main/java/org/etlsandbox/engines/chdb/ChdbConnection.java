package org.etlsandbox.engines.chdb;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.etlsandbox.engines.chdb.Chdb.Summary;
import org.etlsandbox.engines.chdb.Chdb.Text;
import org.jspecify.annotations.Nullable;

/** One connection to the engine, with settings and a database of its own. Not thread-safe. */
final class ChdbConnection implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;

  private final Chdb chdb;
  private final MemorySegment handle;
  private final MemorySegment connection;

  /**
   * @param handle what {@link Chdb#connect} returned
   */
  ChdbConnection(Chdb chdb, MemorySegment handle) {
    this.chdb = chdb;
    this.handle = handle;
    connection = handle.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
  }

  /** Receives the output of a statement; opened at the first byte, or at the end without any. */
  interface Sink {
    OutputStream open(Summary summary) throws IOException;
  }

  void run(String sql) throws ClickHouseError {
    MemorySegment result =
        chdb.query(connection, text(sql.getBytes(StandardCharsets.UTF_8), "TabSeparated"));
    try {
      chdb.check(result);
    } finally {
      chdb.destroyResult(result);
    }
  }

  String ask(String sql) throws ClickHouseError {
    MemorySegment result =
        chdb.query(connection, text(sql.getBytes(StandardCharsets.UTF_8), "TabSeparated"));
    try {
      chdb.check(result);
      MemorySegment output = chdb.output(result);
      return new String(output.toArray(JAVA_BYTE), StandardCharsets.UTF_8).strip();
    } finally {
      chdb.destroyResult(result);
    }
  }

  private static Text text(byte[] sql, String format) {
    return new Text(sql, format, Map.of());
  }

  /** Runs any statement; all of its output is in memory at once. */
  void query(Text text, Sink sink) throws ClickHouseError, IOException {
    MemorySegment result = chdb.query(connection, text);
    try {
      chdb.check(result);
      try (OutputStream out = sink.open(chdb.summary(result))) {
        copy(chdb.output(result), 0, out);
      }
    } finally {
      chdb.destroyResult(result);
    }
  }

  /**
   * Runs a SELECT chunk by chunk. An error in the first chunk comes before the sink is opened, a
   * later one after.
   */
  void stream(Text text, Sink sink) throws ClickHouseError, IOException {
    MemorySegment stream = chdb.streamQuery(connection, text);
    try {
      chdb.check(stream);
      if (!copyChunks(stream, text.format(), sink)) {
        answerEmpty(text, sink);
      }
    } finally {
      chdb.destroyResult(stream);
    }
  }

  /**
   * Without rows there is no chunk, and so no header: it takes the other entry point to get one.
   */
  private void answerEmpty(Text text, Sink sink) throws ClickHouseError, IOException {
    if (text.format().equals(Statement.WITH_HEADER)) {
      query(text, sink);
    } else {
      sink.open(Summary.NOTHING).close();
    }
  }

  /** Returns whether there was any. */
  private boolean copyChunks(MemorySegment stream, String format, Sink sink)
      throws ClickHouseError, IOException {
    boolean withHeader = format.equals(Statement.WITH_HEADER);
    OutputStream out = null;
    byte[] header = null;
    try {
      while (true) {
        MemorySegment chunk = chdb.streamFetch(connection, stream);
        try {
          chdb.check(chunk);
          MemorySegment output = chdb.output(chunk);
          if (output.byteSize() == 0) {
            if (out != null) {
              out.close();
            }
            return out != null;
          }
          if (out == null) {
            out = sink.open(Summary.NOTHING);
          }
          copy(output, startOfRows(output, header), out);
          if (withHeader && header == null) {
            header = output.asSlice(0, RowBinaryHeader.length(output)).toArray(JAVA_BYTE);
          }
        } finally {
          chdb.destroyResult(chunk);
        }
      }
    } catch (ClickHouseError | IOException | RuntimeException e) {
      chdb.streamCancel(connection, stream);
      throw e;
    }
  }

  /** Every chunk begins with the header again; it belongs before the first only. */
  private static long startOfRows(MemorySegment output, byte @Nullable [] header)
      throws IOException {
    if (header == null) {
      return 0;
    }
    if (output.byteSize() < header.length
        || !Arrays.equals(output.asSlice(0, header.length).toArray(JAVA_BYTE), header)) {
      throw new IOException("A chunk of the engine's stream does not begin with the header");
    }
    return header.length;
  }

  private static void copy(MemorySegment source, long start, OutputStream out) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(source.byteSize() - start, 0))];
    for (long at = start; at < source.byteSize(); at += buffer.length) {
      int count = (int) Math.min(buffer.length, source.byteSize() - at);
      MemorySegment.copy(source, JAVA_BYTE, at, buffer, 0, count);
      out.write(buffer, 0, count);
    }
  }

  /** Inserts data as it arrives. If reading it fails, what was not yet written is dropped. */
  Summary insert(Text text, InputStream data) throws ClickHouseError, IOException {
    MemorySegment insert = chdb.streamInsert(connection, text);
    try (Arena arena = Arena.ofConfined()) {
      chdb.checkInsert(insert);
      byte[] buffer = new byte[BUFFER];
      MemorySegment copy = arena.allocate(BUFFER);
      for (int count = data.read(buffer); count >= 0; count = data.read(buffer)) {
        MemorySegment.copy(buffer, 0, copy, JAVA_BYTE, 0, count);
        if (!chdb.append(insert, copy, count)) {
          break;
        }
      }
      MemorySegment result = chdb.insertDone(insert);
      try {
        chdb.check(result);
        return chdb.summary(result);
      } finally {
        chdb.destroyResult(result);
      }
    } finally {
      chdb.destroyInsert(insert);
    }
  }

  @Override
  public void close() {
    chdb.closeConnection(handle);
  }
}
