package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etlsandbox.benchmark.Table.Column;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.ProcessMemory;
import org.etlsandbox.benchmark.arena.WorkerRun;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.Progress;

/** How long does a worker take to start, and how much memory does it take to do nothing? */
final class StartPart implements Part {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LOOK_EVERY_MILLIS = 20;
  private static final double MEGABYTE = 1024 * 1024;

  @Override
  public String key() {
    return "start";
  }

  /**
   * @param ready seconds until the readiness probe says yes
   * @param following seconds until it has loaded and polls
   * @param residentBytes after a while of doing nothing
   */
  private record Start(double ready, double following, long residentBytes) {}

  @Override
  public Report measure(Arena arena, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    Report report =
        new Report(
            key(),
            "from the start of a worker's process until it is ready (HTTP), and until it has loaded"
                + " %,d rentals and follows".formatted(plan.smallRentals()));
    Login shop = arena.jupiter().smallShop(plan.smallRentals());
    Table table =
        new Table(
            new Column("worker", "worker", "%s"),
            new Column("ready s", "readySeconds", "%.2f"),
            new Column("following s", "followingSeconds", "%.2f"),
            new Column("idle RSS MB", "idleResidentMegabytes", "%.0f"));
    List<DestinationChoice> destinations = TogetherPart.available(arena, report);
    for (DestinationChoice destination : destinations) {
      if (plan.quick() && destination != DestinationChoice.NEPTUNE) {
        report.leftOut(destination.worker(), "--quick");
        continue;
      }
      List<Start> starts = new ArrayList<>();
      for (int round = 1; round <= plan.rounds(); round++) {
        progress.say("round %d of %d: %s".formatted(round, plan.rounds(), destination.worker()));
        starts.add(start(arena, shop, destination, plan.idleTime().dividedBy(3)));
      }
      row(destination.worker(), starts, table, report);
    }
    report.table(table);
    report.note(
        "RSS %.0f s after it has begun to poll".formatted(plan.idleTime().toMillis() / 3e3));
    return report;
  }

  private static void row(String worker, List<Start> starts, Table table, Report report) {
    double ready = Statistics.median(starts.stream().map(Start::ready).toList());
    table.row(
        worker,
        ready,
        Statistics.median(starts.stream().map(Start::following).toList()),
        Statistics.median(starts.stream().map(start -> (double) start.residentBytes()).toList())
            / MEGABYTE);
    report.bar(worker, ready, true);
  }

  private static Start start(Arena arena, Login shop, DestinationChoice destination, Duration idle)
      throws IOException, InterruptedException {
    try (Database database = arena.newDestination(destination);
        Database control = arena.newControl()) {
      return start(arena, shop, database, control, idle);
    }
  }

  private static Start start(
      Arena arena, Login shop, Database database, Database control, Duration idle)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (WorkerRun worker = WorkerRun.start(arena, shop, database, control, Map.of())) {
      awaitReady(worker);
      double ready = (System.nanoTime() - began) / 1e9;
      worker.awaitLoaded();
      double following = (System.nanoTime() - began) / 1e9;
      Thread.sleep(idle);
      return new Start(ready, following, ProcessMemory.now(worker.pid()));
    }
  }

  private static void awaitReady(WorkerRun worker) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      worker.process().requireAlive();
      try {
        if (worker.process().management("/actuator/health/readiness").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Nobody listens yet
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    throw new IllegalStateException(
        "The worker was not ready within %d s".formatted(PATIENCE.toSeconds()));
  }
}
