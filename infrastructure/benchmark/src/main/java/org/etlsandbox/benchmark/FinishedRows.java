package org.etlsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.Shell;

/**
 * A file of the joined rows as {@code mariadb --batch} prints them: in key order, a tab between two
 * values, {@code NULL} for null.
 */
final class FinishedRows implements AutoCloseable {

  private final Path file;

  private FinishedRows(Path file) {
    this.file = file;
  }

  /** Has the file made, which is not part of any measurement. */
  static FinishedRows write(Arena arena) throws IOException, InterruptedException {
    Path file = arena.directory().resolve("rows.txt");
    Shell.of(arena, "").run(Shell.mariadb(arena) + " > '" + file + "'");
    return new FinishedRows(file);
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
