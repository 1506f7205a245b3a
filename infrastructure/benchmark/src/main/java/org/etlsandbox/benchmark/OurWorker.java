package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.CpuTime;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.FlatTable;
import org.etlsandbox.benchmark.arena.FlatTable.Content;
import org.etlsandbox.benchmark.arena.Lap;
import org.etlsandbox.benchmark.arena.WorkerRun;
import org.etlsandbox.soak.stage.DestinationChoice;

/**
 * A worker that loads an empty destination, with all that it always does: checks, lease, fence,
 * ledger, checkpoints, resumable ranges. The start of its process is not timed.
 */
final class OurWorker implements Contestant {

  private final Arena arena;
  private final DestinationChoice destination;

  OurWorker(Arena arena, DestinationChoice destination) {
    this.arena = arena;
    this.destination = destination;
  }

  @Override
  public String key() {
    return "ours";
  }

  @Override
  public String title() {
    return destination.worker() + ", resumable ranges";
  }

  @Override
  public Lap run() throws IOException, SQLException, InterruptedException {
    try (Database database = arena.newDestination(destination);
        Database control = arena.newControl()) {
      return load(arena, database, control);
    }
  }

  /** Times a load with books that know nothing of it, whatever the destination holds. */
  static Lap load(Arena arena, Database database, Database control)
      throws IOException, SQLException, InterruptedException {
    try (WorkerRun worker =
        WorkerRun.start(arena, arena.jupiter().login(), database, control, Map.of())) {
      worker.awaitLoading();
      Map<String, Long> pids = new HashMap<>(arena.servers(database));
      pids.put("client", worker.pid());
      CpuTime cpu = new CpuTime(pids);
      long began = System.nanoTime();
      worker.awaitLoaded();
      double seconds = (System.nanoTime() - began) / 1e9;
      Map<String, Double> used = cpu.used();
      long resident = worker.residentPeak();
      long heap = worker.heapPeak();
      Content content = FlatTable.contentOfWorker(database);
      return new Lap(seconds, used, resident, heap, content.rows(), content.digest());
    }
  }
}
