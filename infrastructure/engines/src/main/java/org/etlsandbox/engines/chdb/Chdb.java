package org.etlsandbox.engines.chdb;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The C interface of libchdb, function by function; see {@code chdb.h} of chdb-core. Never freed:
 * it lives as long as the process.
 */
final class Chdb {
  private static final MemoryLayout[] STATEMENT = {ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG};
  private static final MemoryLayout[] WITH_PARAMETERS = {
    ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG
  };

  private final SymbolLookup symbols;
  private final Linker linker = Linker.nativeLinker();

  private final MethodHandle connect;
  private final MethodHandle closeConnection;
  private final MethodHandle query;
  private final MethodHandle streamQuery;
  private final MethodHandle streamFetch;
  private final MethodHandle streamCancel;
  private final MethodHandle destroyResult;
  private final MethodHandle resultBuffer;
  private final MethodHandle resultLength;
  private final MethodHandle resultError;
  private final MethodHandle storageRowsRead;
  private final MethodHandle storageBytesRead;
  private final MethodHandle rowsWritten;
  private final MethodHandle bytesWritten;
  private final MethodHandle streamInsert;
  private final MethodHandle streamAppend;
  private final MethodHandle streamDone;
  private final MethodHandle streamInsertError;
  private final MethodHandle destroyInsert;
  private final MethodHandle shutdown;

  private Chdb(SymbolLookup symbols) {
    this.symbols = symbols;
    connect = returning(ADDRESS, "chdb_connect", JAVA_INT, ADDRESS);
    closeConnection = nothing("chdb_close_conn", ADDRESS);
    query = returning(ADDRESS, "chdb_query_with_params_n", WITH_PARAMETERS);
    streamQuery = returning(ADDRESS, "chdb_stream_query_with_params_n", WITH_PARAMETERS);
    streamFetch = returning(ADDRESS, "chdb_stream_fetch_result", ADDRESS, ADDRESS);
    streamCancel = nothing("chdb_stream_cancel_query", ADDRESS, ADDRESS);
    destroyResult = nothing("chdb_destroy_query_result", ADDRESS);
    resultBuffer = returning(ADDRESS, "chdb_result_buffer", ADDRESS);
    resultLength = returning(JAVA_LONG, "chdb_result_length", ADDRESS);
    resultError = returning(ADDRESS, "chdb_result_error", ADDRESS);
    storageRowsRead = returning(JAVA_LONG, "chdb_result_storage_rows_read", ADDRESS);
    storageBytesRead = returning(JAVA_LONG, "chdb_result_storage_bytes_read", ADDRESS);
    rowsWritten = returning(JAVA_LONG, "chdb_result_rows_written", ADDRESS);
    bytesWritten = returning(JAVA_LONG, "chdb_result_bytes_written", ADDRESS);
    streamInsert = returning(ADDRESS, "chdb_stream_insert_with_params_n", WITH_PARAMETERS);
    streamAppend = returning(JAVA_INT, "chdb_stream_append", ADDRESS, ADDRESS, JAVA_LONG);
    streamDone = returning(ADDRESS, "chdb_stream_done", ADDRESS);
    streamInsertError = returning(ADDRESS, "chdb_stream_insert_error", ADDRESS);
    destroyInsert = nothing("chdb_destroy_insert_stream", ADDRESS);
    shutdown = returning(JAVA_INT, "chdb_shutdown");
  }

  /** Loads the library, and keeps its hands off the signals that the JVM itself lives on. */
  static Chdb load(Path library) {
    Chdb chdb = new Chdb(SymbolLookup.libraryLookup(library, Arena.global()));
    call(() -> chdb.nothing("chdb_set_signal_handlers_enabled", JAVA_INT).invoke(0));
    return chdb;
  }

  private MethodHandle returning(MemoryLayout result, String name, MemoryLayout... arguments) {
    return linker.downcallHandle(
        symbols.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  private MethodHandle nothing(String name, MemoryLayout... arguments) {
    return linker.downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
  }

  /** Returns a {@code chdb_connection *}; null if refused. */
  MemorySegment connect(List<String> arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argv = arena.allocate(ADDRESS, arguments.size());
      for (int i = 0; i < arguments.size(); i++) {
        argv.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
      }
      return call(() -> (MemorySegment) connect.invoke(arguments.size(), argv));
    }
  }

  void closeConnection(MemorySegment connection) {
    call(() -> closeConnection.invoke(connection));
  }

  /** Runs a statement to its end; the result holds all of its output. */
  MemorySegment query(MemorySegment connection, Text text) {
    return withParameters(query, connection, text);
  }

  MemorySegment streamQuery(MemorySegment connection, Text text) {
    return withParameters(streamQuery, connection, text);
  }

  MemorySegment streamInsert(MemorySegment connection, Text text) {
    return withParameters(streamInsert, connection, text);
  }

  /**
   * What to run.
   *
   * @param sql may hold inline data of any bytes
   * @param format of the output, or of the data to insert
   * @param parameters for {@code {name:Type}}
   */
  record Text(byte[] sql, String format, Map<String, String> parameters) {}

  private static MemorySegment withParameters(
      MethodHandle function, MemorySegment connection, Text text) {
    try (Arena arena = Arena.ofConfined()) {
      int count = text.parameters().size();
      MemorySegment names = arena.allocate(ADDRESS, count);
      MemorySegment nameLengths = arena.allocate(JAVA_LONG, count);
      MemorySegment values = arena.allocate(ADDRESS, count);
      MemorySegment valueLengths = arena.allocate(JAVA_LONG, count);
      int i = 0;
      for (Map.Entry<String, String> parameter : text.parameters().entrySet()) {
        MemorySegment name = bytes(arena, parameter.getKey().getBytes(StandardCharsets.UTF_8));
        MemorySegment value = bytes(arena, parameter.getValue().getBytes(StandardCharsets.UTF_8));
        names.setAtIndex(ADDRESS, i, name);
        nameLengths.setAtIndex(JAVA_LONG, i, name.byteSize());
        values.setAtIndex(ADDRESS, i, value);
        valueLengths.setAtIndex(JAVA_LONG, i, value.byteSize());
        i++;
      }
      MemorySegment sql = bytes(arena, text.sql());
      MemorySegment format = bytes(arena, text.format().getBytes(StandardCharsets.UTF_8));
      return call(() ->
          (MemorySegment)
              function.invoke(
                  connection,
                  sql,
                  sql.byteSize(),
                  format,
                  format.byteSize(),
                  names,
                  nameLengths,
                  values,
                  valueLengths,
                  (long) count));
    }
  }

  private static MemorySegment bytes(Arena arena, byte[] bytes) {
    MemorySegment segment = arena.allocate(bytes.length);
    segment.copyFrom(MemorySegment.ofArray(bytes));
    return segment;
  }

  MemorySegment streamFetch(MemorySegment connection, MemorySegment stream) {
    return call(() -> (MemorySegment) streamFetch.invoke(connection, stream));
  }

  void streamCancel(MemorySegment connection, MemorySegment stream) {
    call(() -> streamCancel.invoke(connection, stream));
  }

  void destroyResult(MemorySegment result) {
    call(() -> destroyResult.invoke(result));
  }

  /** The output; valid until the result is destroyed. */
  MemorySegment output(MemorySegment result) {
    long length = call(() -> (long) resultLength.invoke(result));
    MemorySegment buffer = call(() -> (MemorySegment) resultBuffer.invoke(result));
    return length == 0 ? MemorySegment.NULL : buffer.reinterpret(length);
  }

  /** Throws what the engine says went wrong, if anything did. */
  void check(MemorySegment result) throws ClickHouseError {
    throwIfAny(call(() -> (MemorySegment) resultError.invoke(result)));
  }

  void checkInsert(MemorySegment stream) throws ClickHouseError {
    throwIfAny(call(() -> (MemorySegment) streamInsertError.invoke(stream)));
  }

  private static void throwIfAny(MemorySegment message) throws ClickHouseError {
    if (!message.equals(MemorySegment.NULL)) {
      throw ClickHouseError.of(message.reinterpret(Long.MAX_VALUE).getString(0));
    }
  }

  /** Figures of a finished statement. */
  record Summary(long readRows, long readBytes, long writtenRows, long writtenBytes) {
    static final Summary NOTHING = new Summary(0, 0, 0, 0);
  }

  Summary summary(MemorySegment result) {
    return call(() ->
        new Summary(
            (long) storageRowsRead.invoke(result),
            (long) storageBytesRead.invoke(result),
            (long) rowsWritten.invoke(result),
            (long) bytesWritten.invoke(result)));
  }

  /** False if the stream has failed. */
  boolean append(MemorySegment insert, MemorySegment data, long length) {
    return call(() -> (int) streamAppend.invoke(insert, data, length)) == 0;
  }

  MemorySegment insertDone(MemorySegment insert) {
    return call(() -> (MemorySegment) streamDone.invoke(insert));
  }

  /** Also cancels an insert that is not done. */
  void destroyInsert(MemorySegment insert) {
    call(() -> destroyInsert.invoke(insert));
  }

  /** Stops the engine's threads; all connections must be closed. */
  void shutdown() {
    call(() -> (int) shutdown.invoke());
  }

  private interface NativeCall<T> {
    T run() throws Throwable;
  }

  /** A downcall itself throws nothing but what a wrong signature causes. */
  private static <T> T call(NativeCall<T> function) {
    try {
      return function.run();
    } catch (Throwable e) {
      throw new IllegalStateException("Call of libchdb failed: " + e, e);
    }
  }
}
