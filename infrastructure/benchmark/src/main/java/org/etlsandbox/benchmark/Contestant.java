package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import org.etlsandbox.benchmark.arena.Lap;

/** One way to bring all joined rows into an empty, keyed table. */
interface Contestant {

  /** For scripts. */
  String key();

  /** For people. */
  String title();

  /** Fills a new table once. What is not the filling itself is not timed. */
  Lap run() throws IOException, SQLException, InterruptedException;
}
