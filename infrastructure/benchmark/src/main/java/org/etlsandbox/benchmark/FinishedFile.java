package org.etlsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.etlsandbox.soak.stage.Login;

/** {@code psql -c '\copy … FROM file'} of the finished rows: what the destination alone costs. */
final class FinishedFile implements Contestant, AutoCloseable {

  private final Arena arena;
  private final Path file;

  private FinishedFile(Arena arena, Path file) {
    this.arena = arena;
    this.file = file;
  }

  /** Has the file made, which is not part of the measurement. */
  static FinishedFile make(Arena arena) throws IOException, InterruptedException {
    Path file = arena.directory().resolve("rows.txt");
    Shell.of(arena, "").run(Shell.mariadb(arena) + " > '" + file + "'");
    return new FinishedFile(arena, file);
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
    Login database = arena.newDatabase();
    FlatTable.create(database);
    String copy =
        "\\copy %s (%s) FROM '%s' %s"
            .formatted(FlatTable.NAME, FlatTable.COLUMNS, file, Shell.COPY_OPTIONS);
    CpuTime cpu = new CpuTime(arena.pids());
    Shell.Times times =
        Shell.of(arena, database.password())
            .run(Shell.psql(arena, Arena.nameOf(database), database.username(), copy));
    Map<String, Double> used = cpu.used();
    used.put("client", times.cpuSeconds());
    Lap lap = FlatTable.lap(database, FlatTable.NAME, times.seconds(), used, 0);
    arena.drop(database);
    return lap;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
