package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.CpuTime;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.FlatTable;
import org.etlsandbox.benchmark.arena.Lap;
import org.etlsandbox.benchmark.arena.Shell;
import org.etlsandbox.soak.stage.DestinationChoice;

/** {@code psql -c '\copy … FROM file'} of the finished rows: what the destination alone costs. */
final class FinishedFile implements Contestant {

  private final Arena arena;
  private final FinishedRows rows;

  FinishedFile(Arena arena, FinishedRows rows) {
    this.arena = arena;
    this.rows = rows;
  }

  @Override
  public String key() {
    return "file";
  }

  @Override
  public String title() {
    return "\\copy of the finished file";
  }

  @Override
  public Lap run() throws IOException, SQLException, InterruptedException {
    String copy =
        "\\copy %s (%s) FROM '%s' %s"
            .formatted(FlatTable.NAME, FlatTable.COLUMNS, rows.file(), Shell.COPY_OPTIONS);
    try (Database database = arena.newDestination(DestinationChoice.NEPTUNE)) {
      FlatTable.create(database);
      Shell shell = Shell.of(arena, database.login().password());
      CpuTime cpu = new CpuTime(arena.servers(database));
      Shell.Times times = shell.run(Shell.psql(arena, database, copy));
      Map<String, Double> used = cpu.used();
      used.put("client", times.cpuSeconds());
      return FlatTable.lap(FlatTable.content(database), times.seconds(), used);
    }
  }
}
