package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.soak.stage.Progress;

/** One question that the benchmark answers. Leaves the arena as it was. */
interface Part {

  /** For {@code --part}, and for scripts. */
  String key();

  /**
   * Measures. What cannot be measured on this machine is named in the report as left out.
   *
   * @param plan how much of it
   */
  Report measure(Arena arena, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException;
}
