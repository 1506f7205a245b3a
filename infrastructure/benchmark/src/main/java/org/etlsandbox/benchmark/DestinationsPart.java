package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.Shell;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Progress;

/**
 * Does a worker reach the limit of its destination? Each against a file of the finished rows by the
 * destination's fastest native way; PostgreSQL's is in part {@code load}.
 */
final class DestinationsPart implements Part {

  @Override
  public String key() {
    return "destinations";
  }

  @Override
  public Report measure(Arena arena, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    Report report =
        new Report(key(), "ours into an empty destination, against that destination's own limit");
    List<String> missing = Shell.missing();
    if (!missing.isEmpty()) {
      report.leftOut(
          "all of it",
          "the finished rows cannot be written, %s not found"
              .formatted(String.join(" and ", missing)));
      return report;
    }
    progress.say("writing the finished rows");
    Map<String, Object> details = new LinkedHashMap<>();
    try (FinishedRows rows = FinishedRows.write(arena)) {
      clickHouse(arena, rows, plan, progress, report, details);
      sqlServer(arena, rows, plan, progress, report, details);
    }
    report.details(details);
    return report;
  }

  private static void clickHouse(
      Arena arena,
      FinishedRows rows,
      Plan plan,
      Progress progress,
      Report report,
      Map<String, Object> details)
      throws IOException, SQLException, InterruptedException {
    try (Database probe = arena.newDestination(DestinationChoice.CLICKHOUSE)) {
      report.note("clickhouse is " + probe.engine());
    } catch (EngineUnavailableException e) {
      report.leftOut("clickhouse", e.getMessage());
      return;
    }
    try (NativeFile file = NativeFile.make(arena, rows)) {
      compare(
          DestinationChoice.CLICKHOUSE,
          List.of(file, new OurWorker(arena, DestinationChoice.CLICKHOUSE)),
          plan,
          progress,
          report,
          details);
    }
  }

  private static void sqlServer(
      Arena arena,
      FinishedRows rows,
      Plan plan,
      Progress progress,
      Report report,
      Map<String, Object> details)
      throws IOException, SQLException, InterruptedException {
    if (!Arena.hasSqlServer()) {
      report.leftOut(
          "mars (and venus)",
          "MARS_URL names no SQL Server; what stands in for it is PostgreSQL, see part load");
      return;
    }
    try (Database probe = arena.newDestination(DestinationChoice.MARS)) {
      report.note("mars (and venus, which is filled in the same way) is " + probe.engine());
    }
    compare(
        DestinationChoice.MARS,
        List.of(new BulkCopyFile(arena, rows), new OurWorker(arena, DestinationChoice.MARS)),
        plan,
        progress,
        report,
        details);
  }

  private static void compare(
      DestinationChoice destination,
      List<Contestant> contestants,
      Plan plan,
      Progress progress,
      Report report,
      Map<String, Object> details)
      throws IOException, SQLException, InterruptedException {
    Standings standings = new Standings();
    LoadPart.race(contestants, standings, plan, progress);
    report.table(standings.table());
    double limit = standings.median("file");
    double ours = standings.median("ours");
    report.bar(destination.key() + ": limit", limit, false);
    report.bar(destination.key() + ": ours", ours, true);
    report.ratio("%s: ours / limit".formatted(destination.key()), ours / limit);
    standings.differences().forEach(report::failure);
    details.put(destination.key(), standings.published());
  }
}
