package org.etlsandbox.engines.chdb;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine on its data directory. One a process: libchdb knows a single data path, and holds it
 * while there is a connection; so one is kept.
 */
final class ChdbEngine implements AutoCloseable {
  private final Chdb chdb;
  private final List<String> arguments;
  private final ChdbConnection keeper;

  private ChdbEngine(Chdb chdb, List<String> arguments) {
    this.chdb = chdb;
    this.arguments = arguments;
    keeper = connect();
  }

  /**
   * @param settings {@code name=value}, valid for every connection
   */
  static ChdbEngine open(Path library, Path data, List<String> settings) throws ClickHouseError {
    List<String> arguments = new ArrayList<>(List.of("clickhouse", "--path=" + data));
    // why: a statement that is only an expression is a mistake here, not a SELECT
    arguments.add("--implicit_select=0");
    settings.forEach(setting -> arguments.add("--" + setting));
    ChdbEngine engine = new ChdbEngine(Chdb.load(library), List.copyOf(arguments));
    engine.keeper.run("CREATE DATABASE IF NOT EXISTS etl ENGINE = Atomic");
    return engine;
  }

  ChdbConnection connect() {
    MemorySegment handle = chdb.connect(arguments);
    if (handle.equals(MemorySegment.NULL)) {
      throw new IllegalStateException(
          "The engine refused a connection; its reason is in the log above. Arguments: "
              + arguments);
    }
    return new ChdbConnection(chdb, handle);
  }

  /** Asks all running statements to end. SYNC hangs in this engine. */
  void cancelAll() throws ClickHouseError {
    keeper.run("KILL QUERY WHERE query NOT LIKE 'KILL%' ASYNC");
  }

  /** Stops the engine; every other connection must be closed. */
  @Override
  public void close() {
    keeper.close();
    chdb.shutdown();
  }
}
