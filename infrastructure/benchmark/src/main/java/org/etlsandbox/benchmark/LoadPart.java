package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.Shell;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Progress;
import org.jspecify.annotations.Nullable;

/** Is a worker as fast as the ways that its users would go without it? Into PostgreSQL. */
final class LoadPart implements Part {

  /** All ways, in the order of their laps. */
  static final List<String> WAYS = List.of("pipe", "file", "textbook", "textbook-hinted", "ours");

  /** Those that need programs which are not ours. */
  static final Set<String> IN_THE_SHELL = Set.of("pipe", "file");

  @Override
  public String key() {
    return "load";
  }

  @Override
  public Report measure(Arena arena, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    Report report =
        new Report(key(), "all joined rows into an empty, keyed table of PostgreSQL, fsync on");
    Set<String> ways = new LinkedHashSet<>(WAYS);
    ways.retainAll(plan.ways());
    List<String> missing = Shell.missing();
    if (!missing.isEmpty()) {
      for (String way : IN_THE_SHELL) {
        if (ways.remove(way)) {
          report.leftOut(way, "%s not found".formatted(String.join(" and ", missing)));
        }
      }
    }
    Standings standings = new Standings();
    if (ways.contains("file")) {
      progress.say("writing the finished file");
      try (FinishedRows rows = FinishedRows.write(arena)) {
        race(contestants(arena, ways, rows), standings, plan, progress);
      }
    } else {
      race(contestants(arena, ways, null), standings, plan, progress);
    }
    report.table(standings.table());
    for (String way : WAYS) {
      report.bar(way, standings.median(way), way.equals("ours"));
      if (!way.equals("ours")) {
        report.ratio("ours / " + way, standings.median("ours") / standings.median(way));
      }
    }
    standings.differences().forEach(report::failure);
    report.details(Map.of("ways", standings.published()));
    return report;
  }

  private static List<Contestant> contestants(
      Arena arena, Set<String> ways, @Nullable FinishedRows rows) {
    List<Contestant> contestants = new ArrayList<>();
    for (String way : ways) {
      switch (way) {
        case "pipe" -> contestants.add(new ShellPipe(arena));
        case "file" -> {
          if (rows != null) {
            contestants.add(new FinishedFile(arena, rows));
          }
        }
        case "textbook" -> contestants.add(new TextbookJob(arena, false));
        case "textbook-hinted" -> contestants.add(new TextbookJob(arena, true));
        default -> contestants.add(new OurWorker(arena, DestinationChoice.NEPTUNE));
      }
    }
    return contestants;
  }

  static void race(List<Contestant> contestants, Standings standings, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Contestant contestant : contestants) {
        progress.say("round %d of %d: %s".formatted(round, plan.rounds(), contestant.title()));
        standings.add(contestant, contestant.run());
      }
    }
  }
}
