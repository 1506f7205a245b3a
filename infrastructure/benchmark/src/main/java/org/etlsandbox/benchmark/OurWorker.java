package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.WorkerProcess;
import tools.jackson.databind.JsonNode;

/**
 * A worker that loads an empty destination, with all that it always does: checks, lease, fence,
 * ledger, checkpoints, resumable ranges. The start of its process is not timed.
 */
final class OurWorker implements Contestant {

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOAD_PATIENCE = Duration.ofMinutes(30);

  /** How closely begin and end are seen, in milliseconds. */
  private static final int LOOK_EVERY = 50;

  private final Arena arena;

  OurWorker(Arena arena) {
    this.arena = arena;
  }

  @Override
  public String key() {
    return "ours";
  }

  @Override
  public String title() {
    return "beta-worker, resumable ranges";
  }

  @Override
  public Lap run() throws IOException, SQLException, InterruptedException {
    Login destination = arena.newDatabase();
    Login control = arena.newDatabase();
    Map<String, Object> properties = new TreeMap<>();
    arena.jupiter().addTo(properties, "etl.jupiter");
    control.addTo(properties, "etl.control");
    destination.addTo(properties, "etl.destination");
    try (WorkerProcess worker =
        WorkerProcess.start(
            DestinationChoice.NEPTUNE,
            properties,
            List.of(
                System.getenv()
                    .getOrDefault("ETL_BENCH_JVM", "-XX:TieredStopAtLevel=4")
                    .split(" ")),
            arena.directory())) {
      worker.await("loading", START_PATIENCE, LOOK_EVERY, status -> has(status, "loading"));
      CpuTime cpu = new CpuTime(arena.pids(worker.pid()));
      long began = System.nanoTime();
      worker.await("loaded", LOAD_PATIENCE, LOOK_EVERY, status -> has(status, "following"));
      double seconds = (System.nanoTime() - began) / 1e9;
      Map<String, Double> used = cpu.used();
      long peak = CpuTime.peakBytes(worker.pid());
      Lap lap = FlatTable.lap(destination, FlatTable.NAME + "_current", seconds, used, peak);
      return lap;
    } finally {
      arena.drop(destination);
      arena.drop(control);
    }
  }

  private static boolean has(JsonNode status, String state) {
    return status.path("state").asString("").equals(state);
  }
}
