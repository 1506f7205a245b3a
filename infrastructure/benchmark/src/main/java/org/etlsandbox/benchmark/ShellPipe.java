package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.etlsandbox.soak.stage.Login;

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
    Login database = arena.newDatabase();
    FlatTable.create(database);
    Shell shell = Shell.of(arena, database.password());
    String copy =
        "COPY %s (%s) FROM STDIN %s"
            .formatted(FlatTable.NAME, FlatTable.COLUMNS, Shell.COPY_OPTIONS);
    CpuTime cpu = new CpuTime(arena.pids());
    Shell.Times times =
        shell.run(
            Shell.mariadb(arena)
                + " | "
                + Shell.psql(arena, Arena.nameOf(database), database.username(), copy));
    Map<String, Double> used = cpu.used();
    used.put("client", times.cpuSeconds());
    Lap lap = FlatTable.lap(database, FlatTable.NAME, times.seconds(), used, 0);
    arena.drop(database);
    return lap;
  }
}
