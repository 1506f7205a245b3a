package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.etlsandbox.benchmark.Table.Column;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.CpuTime;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.PollMeter;
import org.etlsandbox.benchmark.arena.WorkerRun;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Login;
import org.etlsandbox.soak.stage.Progress;

/** Does a poll that finds nothing cost more where there is more? */
final class IdlePart implements Part {

  /** Many polls in little time; what one costs does not depend on it. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "etl.poll.interval", "100ms",
          "etl.sweep.max-rows-per-second", "0",
          "etl.sweep.interval", "7d");

  @Override
  public String key() {
    return "idle";
  }

  /** Of one poll, in milliseconds. */
  private record Cost(double polls, double wall, double source, double worker) {}

  @Override
  public Report measure(Arena arena, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    Report report =
        new Report(
            key(),
            "a poll that finds nothing, with the index on last_update, nothing else going on");
    progress.say("seeding a small shop");
    Login small = arena.jupiter().smallShop(plan.smallRentals());
    try (Subject few = Subject.of(arena, plan.smallRentals(), small);
        Subject many = Subject.of(arena, arena.jupiter().rentals(), arena.jupiter().login())) {
      for (int round = 1; round <= plan.rounds(); round++) {
        for (Subject subject : List.of(few, many)) {
          progress.say(
              "round %d of %d: %,d rentals".formatted(round, plan.rounds(), subject.rentals()));
          subject.costs().add(watch(arena, subject, plan.idleTime()));
        }
      }
      report(report, few, many);
    }
    return report;
  }

  /** A shop, its copy, and what polls have cost there. */
  private record Subject(long rentals, Login shop, Database copy, Database books, List<Cost> costs)
      implements AutoCloseable {

    static Subject of(Arena arena, long rentals, Login shop) {
      return new Subject(
          rentals,
          shop,
          arena.newDestination(DestinationChoice.NEPTUNE),
          arena.newControl(),
          new ArrayList<>());
    }

    double median(ToDoubleFunction<Cost> what) {
      return Statistics.median(costs.stream().map(what::applyAsDouble).toList());
    }

    @Override
    public void close() {
      copy.close();
      books.close();
    }
  }

  private static Cost watch(Arena arena, Subject subject, Duration time)
      throws IOException, InterruptedException {
    try (WorkerRun worker =
        WorkerRun.start(arena, subject.shop(), subject.copy(), subject.books(), SETTINGS)) {
      worker.awaitSwept();
      // As long before, until the JVM has compiled what polls
      Thread.sleep(time);
      Map<String, Long> pids = new HashMap<>(arena.servers(subject.copy()));
      pids.put("client", worker.pid());
      PollMeter before = PollMeter.of(worker.process());
      CpuTime cpu = new CpuTime(pids);
      Thread.sleep(time);
      Map<String, Double> used = cpu.used();
      PollMeter polls = PollMeter.of(worker.process()).minus(before);
      if (polls.polls() == 0) {
        throw new IllegalStateException(
            "The worker has not polled within %d s".formatted(time.toSeconds()));
      }
      return new Cost(
          polls.polls(),
          polls.seconds() / polls.polls() * 1e3,
          used.getOrDefault("source", Double.NaN) / polls.polls() * 1e3,
          used.getOrDefault("client", Double.NaN) / polls.polls() * 1e3);
    }
  }

  private static void report(Report report, Subject few, Subject many) {
    Table table =
        new Table(
            new Column("rentals", "rentals", "%,d"),
            new Column("polls", "polls", "%.0f"),
            new Column("wall ms/poll", "wallMillisPerPoll", "%.2f"),
            new Column("source CPU ms/poll", "sourceCpuMillisPerPoll", "%.2f"),
            new Column("worker CPU ms/poll", "workerCpuMillisPerPoll", "%.2f"));
    report.unit("ms");
    for (Subject subject : List.of(few, many)) {
      double wall = subject.median(Cost::wall);
      table.row(
          subject.rentals(),
          subject.costs().stream().mapToDouble(Cost::polls).sum(),
          wall,
          subject.median(Cost::source),
          subject.median(Cost::worker));
      report.bar("%,d rentals".formatted(subject.rentals()), wall, true);
    }
    report.table(table);
    String sizes = "%,d / %,d rentals".formatted(many.rentals(), few.rentals());
    report.ratio(sizes + ", wall", many.median(Cost::wall) / few.median(Cost::wall));
    report.ratio(sizes + ", source CPU", many.median(Cost::source) / few.median(Cost::source));
    report.ratio(sizes + ", worker CPU", many.median(Cost::worker) / few.median(Cost::worker));
    report.note(
        "wall from the worker's own meters; CPU of whole processes, so what else a worker does all"
            + " the time (lease, status) is in it");
  }
}
