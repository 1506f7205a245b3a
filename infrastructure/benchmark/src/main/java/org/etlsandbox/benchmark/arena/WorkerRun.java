package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.etlsandbox.soak.WorkerJvm;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.WorkerProcess;
import tools.jackson.databind.JsonNode;

/**
 * A worker in a JVM of its own, with all that it always does: checks, lease, fence, ledger,
 * checkpoints, resumable ranges.
 */
public final class WorkerRun implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOAD_PATIENCE = Duration.ofMinutes(30);

  /** How closely begin and end of a load are seen, in milliseconds. */
  public static final int LOOK_EVERY = 50;

  private final WorkerProcess process;
  private final Path gcLog;

  private WorkerRun(WorkerProcess process, Path gcLog) {
    this.process = process;
    this.gcLog = gcLog;
  }

  /**
   * Returns at once; the worker is still starting then.
   *
   * @param more settings, besides where everything is
   */
  public static WorkerRun start(
      Arena arena, Login jupiter, Database destination, Database control, Map<String, ?> more)
      throws IOException {
    Map<String, Object> settings = new TreeMap<>(more);
    jupiter.addTo(settings, "etl.jupiter");
    control.login().addTo(settings, "etl.control");
    destination.login().addTo(settings, "etl.destination");
    Path gcLog = arena.directory().resolve(destination.destination().worker() + "-gc.log");
    List<String> options = List.of(GcLog.option(gcLog));
    return new WorkerRun(
        WorkerProcess.start(destination.destination(), settings, options, arena.directory()),
        gcLog);
  }

  /**
   * Starts something else in a JVM like a worker's.
   *
   * @param settings as JSON in its environment variable SPRING_APPLICATION_JSON
   */
  public static Process startJvm(String mainClass, Map<String, ?> settings, Path log)
      throws IOException {
    return WorkerJvm.start(mainClass, List.of(), settings, log);
  }

  public WorkerProcess process() {
    return process;
  }

  public long pid() {
    return process.pid();
  }

  /** Returns when it has done all that comes before a load, and waits for a {@link Gate}. */
  public void awaitHeldBack() throws InterruptedException {
    process.await(
        "held back", START_PATIENCE, LOOK_EVERY, status -> status.path("heldBy").isString());
  }

  /** Returns when it has begun to load. */
  public void awaitLoading() throws InterruptedException {
    process.await("loading", START_PATIENCE, LOOK_EVERY, status -> isIn(status, "loading"));
  }

  /** Returns when it has loaded everything. */
  public void awaitLoaded() throws InterruptedException {
    process.await("loaded", LOAD_PATIENCE, LOOK_EVERY, WorkerRun::hasLoaded);
  }

  /** Returns when it follows, and its first sweep is over. */
  public void awaitSwept() throws InterruptedException {
    process.await(
        "in step and swept",
        LOAD_PATIENCE,
        status -> status.path("inStep").asBoolean() && status.path("sweptSeconds").isNumber());
  }

  /** Everything is there, committed and recorded; what only following needs may be under way. */
  public static boolean hasLoaded(JsonNode status) {
    return status.path("loaded").asBoolean();
  }

  public static boolean isIn(JsonNode status, String state) {
    return status.path("state").asString("").equals(state);
  }

  /** Resident memory at its highest so far, in bytes; only while it runs. */
  public long residentPeak() throws IOException {
    return ProcessMemory.peak(pid());
  }

  /** Java heap at its highest so far, in bytes. */
  public long heapPeak() throws IOException {
    return GcLog.peak(gcLog);
  }

  @Override
  public void close() {
    process.close();
  }
}
