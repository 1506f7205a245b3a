package org.etlsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.ClickHouseHttp;
import org.etlsandbox.benchmark.arena.CpuTime;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.FlatTable;
import org.etlsandbox.benchmark.arena.Lap;
import org.etlsandbox.soak.stage.DestinationChoice;

/**
 * One INSERT of the finished rows in ClickHouse's Native format, sorted and compressed with LZ4:
 * what the destination alone costs.
 *
 * @see <a href="https://clickhouse.com/docs/interfaces/formats/Native">Native</a>
 */
final class NativeFile implements Contestant, AutoCloseable {

  private static final String FROM_TEXT =
      "INSERT INTO %s (%s) SETTINGS format_tsv_null_representation = 'NULL' FORMAT TabSeparated"
          .formatted(FlatTable.NAME, FlatTable.COLUMNS);

  private static final String SORTED =
      "SELECT * FROM %s ORDER BY rental_id, payment_id, category_id FORMAT Native"
          .formatted(FlatTable.NAME);

  private static final String INSERT = "INSERT INTO %s FORMAT Native".formatted(FlatTable.NAME);

  private final Arena arena;
  private final Path file;

  private NativeFile(Arena arena, Path file) {
    this.arena = arena;
    this.file = file;
  }

  /** Lets ClickHouse itself turn the text into its format, which is not part of the measurement. */
  static NativeFile make(Arena arena, FinishedRows rows)
      throws IOException, SQLException, InterruptedException {
    Path file = arena.directory().resolve("rows.native.lz4");
    try (Database database = arena.newDestination(DestinationChoice.CLICKHOUSE);
        ClickHouseHttp http = new ClickHouseHttp(database.login())) {
      FlatTable.create(database);
      http.insert(FROM_TEXT, rows.file());
      http.save(SORTED, file);
    }
    return new NativeFile(arena, file);
  }

  @Override
  public String key() {
    return "file";
  }

  @Override
  public String title() {
    return "one INSERT of the finished file (Native, LZ4)";
  }

  @Override
  public Lap run() throws IOException, SQLException, InterruptedException {
    try (Database database = arena.newDestination(DestinationChoice.CLICKHOUSE);
        ClickHouseHttp http = new ClickHouseHttp(database.login())) {
      FlatTable.create(database);
      CpuTime cpu = new CpuTime(arena.servers(database));
      double own = CpuTime.ownSeconds();
      long began = System.nanoTime();
      http.insertSaved(INSERT, file);
      double seconds = (System.nanoTime() - began) / 1e9;
      Map<String, Double> used = cpu.used();
      used.put("client", CpuTime.ownSeconds() - own);
      return FlatTable.lap(FlatTable.content(database), seconds, used);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
