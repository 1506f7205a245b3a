package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etlsandbox.benchmark.ChangeWriter.Written;
import org.etlsandbox.benchmark.Table.Column;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.PaymentChanges;
import org.etlsandbox.benchmark.arena.WorkerRun;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.Progress;

/** How long after its commit can a change be seen in each destination, all of them running? */
final class FreshnessPart implements Part {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "etl.poll.interval", "500ms",
          // The first sweep is over before the first change, as fast as it goes
          "etl.sweep.max-rows-per-second", "0",
          "etl.sweep.interval", "7d");

  /** Of the time at a rate: how much longer changes come before they count. */
  private static final int WARM_UP = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAUSE_MILLIS = 50;

  @Override
  public String key() {
    return "freshness";
  }

  @Override
  public Report measure(Arena arena, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    Report report =
        new Report(
            key(),
            "from the commit of a change until it can be seen, polls every 500 ms, all destinations"
                + " running");
    List<DestinationChoice> destinations = TogetherPart.available(arena, report);
    Login jupiter = arena.jupiter().login();
    int count = plan.rates().stream().mapToInt(rate -> changes(rate, plan)).sum();
    Changes changes = Changes.prepare(jupiter, count);
    PaymentChanges.remember(jupiter, changes.rental(0), changes.rental(count - 1));
    try (Crew crew = Crew.start(arena, jupiter, destinations, SETTINGS)) {
      progress.say("loading all destinations");
      for (WorkerRun worker : crew.workers()) {
        worker.awaitSwept();
      }
      List<ArrivalWatch> watches = new ArrayList<>();
      try {
        crew.forEach((database, worker) -> watches.add(ArrivalWatch.start(database, changes)));
        measure(new ChangeWriter(jupiter, changes), watches, plan, progress, report);
      } finally {
        watches.forEach(ArrivalWatch::close);
      }
    } finally {
      PaymentChanges.undo(jupiter);
    }
    return report;
  }

  private static int warmUp(int rate, Plan plan) {
    return Math.toIntExact(rate * plan.rateTime().toSeconds() / WARM_UP);
  }

  private static int changes(int rate, Plan plan) {
    return warmUp(rate, plan) + Math.toIntExact(rate * plan.rateTime().toSeconds());
  }

  private static void measure(
      ChangeWriter writer, List<ArrivalWatch> watches, Plan plan, Progress progress, Report report)
      throws SQLException, InterruptedException {
    Table table =
        new Table(
            new Column("destination", "destination", "%s"),
            new Column("changes/s", "changesPerSecond", "%,d"),
            new Column("reached/s", "reachedPerSecond", "%,.1f"),
            new Column("writer late p99 ms", "writerLateP99Millis", "%.1f"),
            new Column("p50 s", "p50Seconds", "%.2f"),
            new Column("p99 s", "p99Seconds", "%.2f"),
            new Column("max s", "maxSeconds", "%.2f"),
            new Column("missing", "missing", "%,d"),
            new Column("look every ms", "lookEveryMedianMillis", "%.0f"));
    int from = 0;
    for (int rate : plan.rates()) {
      int to = from + changes(rate, plan);
      int counted = from + warmUp(rate, plan);
      progress.say("%,d changes/s for %d s".formatted(rate, plan.rateTime().toSeconds()));
      watches.forEach(ArrivalWatch::takeLooks);
      Written written = writer.write(from, to, rate);
      awaitAll(watches, to);
      double worst = 0;
      for (ArrivalWatch watch : watches) {
        List<Double> delays = watch.delays(counted, to);
        int missing = to - from - watch.delays(from, to).size();
        double p99 = Statistics.percentile(delays, 99);
        worst = Math.max(worst, p99);
        table.row(
            watch.database().destination().key(),
            rate,
            written.perSecond(),
            Statistics.percentile(written.lateSeconds(), 99) * 1e3,
            Statistics.percentile(delays, 50),
            p99,
            Statistics.max(delays),
            missing,
            Statistics.median(watch.takeLooks()) * 1e3);
        if (missing > 0) {
          report.failure(
              "%s: %,d of %,d changes were not seen %d s after the last one"
                  .formatted(
                      watch.database().destination().key(),
                      missing,
                      to - from,
                      PATIENCE.toSeconds()));
        }
      }
      report.bar("%,d changes/s, p99 of the slowest destination".formatted(rate), worst, true);
      from = to;
    }
    report.table(table);
    report.note(
        "changes come at moments fixed in advance, each a transaction that updates one payment; the"
            + " first seventh of each rate is a warm-up and not counted");
    report.note(
        "a change is visible when the look that found it has ended, so it may have been there one"
            + " look earlier");
  }

  private static void awaitAll(List<ArrivalWatch> watches, int to) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      boolean all = true;
      for (ArrivalWatch watch : watches) {
        all &= watch.hasSeenAllBefore(to);
      }
      if (all) {
        return;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
