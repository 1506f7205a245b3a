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

/** {@code mariadb -e '<join>' | psql -c 'COPY … FROM STDIN'}. */
final class ShellPipe implements Contestant {

  private final Arena arena;

  ShellPipe(Arena arena) {
    this.arena = arena;
  }

  @Override
  public String key() {
    return "pipe";
  }

  @Override
  public String title() {
    return "shell pipe: mariadb -e '<join>' | psql -c COPY";
  }

  @Override
  public Lap run() throws IOException, SQLException, InterruptedException {
    String copy =
        "COPY %s (%s) FROM STDIN %s"
            .formatted(FlatTable.NAME, FlatTable.COLUMNS, Shell.COPY_OPTIONS);
    try (Database database = arena.newDestination(DestinationChoice.NEPTUNE)) {
      FlatTable.create(database);
      Shell shell = Shell.of(arena, database.login().password());
      CpuTime cpu = new CpuTime(arena.servers(database));
      Shell.Times times =
          shell.run(Shell.mariadb(arena) + " | " + Shell.psql(arena, database, copy));
      Map<String, Double> used = cpu.used();
      used.put("client", times.cpuSeconds());
      return FlatTable.lap(FlatTable.content(database), times.seconds(), used);
    }
  }
}
