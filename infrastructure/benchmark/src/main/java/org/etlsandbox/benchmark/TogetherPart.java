package org.etlsandbox.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etlsandbox.benchmark.Table.Column;
import org.etlsandbox.benchmark.arena.Arena;
import org.etlsandbox.benchmark.arena.CpuTime;
import org.etlsandbox.benchmark.arena.Database;
import org.etlsandbox.benchmark.arena.FlatTable;
import org.etlsandbox.benchmark.arena.FlatTable.Content;
import org.etlsandbox.benchmark.arena.Gate;
import org.etlsandbox.benchmark.arena.Lap;
import org.etlsandbox.benchmark.arena.WorkerRun;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.soak.stage.DestinationChoice;
import org.etlsandbox.soak.stage.Progress;

/** Does it pay to load all destinations at once, and does each worker keep within its memory? */
final class TogetherPart implements Part {

  private static final double MILLION = 1e6;
  private static final double MEGABYTE = 1024 * 1024;

  @Override
  public String key() {
    return "together";
  }

  @Override
  public Report measure(Arena arena, Plan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    Report report =
        new Report(
            key(), "all workers load at once, a JVM with 256 MB of heap each, against alone");
    List<DestinationChoice> destinations = available(arena, report);
    Map<DestinationChoice, Standings> standings = new EnumMap<>(DestinationChoice.class);
    Map<DestinationChoice, List<Lap>> alone = new EnumMap<>(DestinationChoice.class);
    List<Together> together = new ArrayList<>();
    for (DestinationChoice destination : destinations) {
      standings.put(destination, new Standings());
      alone.put(destination, new ArrayList<>());
    }
    for (int round = 1; round <= plan.rounds(); round++) {
      for (DestinationChoice destination : destinations) {
        progress.say(
            "round %d of %d: %s alone".formatted(round, plan.rounds(), destination.worker()));
        Lap lap = new OurWorker(arena, destination).run();
        alone.getOrDefault(destination, new ArrayList<>()).add(lap);
        place(standings, destination, "alone", lap);
      }
      progress.say("round %d of %d: all at once".formatted(round, plan.rounds()));
      Together all = together(arena, destinations);
      together.add(all);
      all.laps().forEach((destination, lap) -> place(standings, destination, "at once", lap));
    }
    report(report, alone, together);
    standings.forEach((destination, laps) ->
        laps.differences()
            .forEach(line -> report.failure("%s: %s".formatted(destination.key(), line))));
    Map<String, Object> details = new LinkedHashMap<>();
    standings.forEach((destination, laps) -> details.put(destination.key(), laps.published()));
    report.details(details);
    return report;
  }

  private static void place(
      Map<DestinationChoice, Standings> standings,
      DestinationChoice destination,
      String how,
      Lap lap) {
    Standings own = standings.get(destination);
    if (own != null) {
      own.add(how, how, lap);
    }
  }

  /** Names in the report what cannot run here, and what stands in. */
  static List<DestinationChoice> available(Arena arena, Report report) {
    List<DestinationChoice> destinations = new ArrayList<>();
    for (DestinationChoice destination : DestinationChoice.values()) {
      try (Database probe = arena.newDestination(destination)) {
        report.note("%s is %s".formatted(destination.key(), probe.engine()));
        destinations.add(destination);
      } catch (EngineUnavailableException e) {
        report.leftOut(destination.key(), e.getMessage());
      }
    }
    return destinations;
  }

  /**
   * All at once.
   *
   * @param seconds from the moment when the first one begins until the last one has loaded
   * @param sourceCpuSeconds of Jupiter meanwhile
   */
  private record Together(
      double seconds, double sourceCpuSeconds, Map<DestinationChoice, Lap> laps) {}

  private static Together together(Arena arena, List<DestinationChoice> destinations)
      throws IOException, SQLException, InterruptedException {
    try (Gate gate = Gate.shut(arena.jupiter().login());
        Crew crew = Crew.start(arena, arena.jupiter().login(), destinations, Map.of())) {
      for (WorkerRun worker : crew.workers()) {
        worker.awaitHeldBack();
      }
      Map<String, Long> pids = new HashMap<>(arena.servers());
      crew.forEach((database, worker) -> pids.put(database.destination().key(), worker.pid()));
      CpuTime cpu = new CpuTime(pids);
      gate.close();
      Map<DestinationChoice, Double> finished = crew.awaitLoaded();
      Map<String, Double> used = cpu.used();
      Map<DestinationChoice, Lap> laps = new EnumMap<>(DestinationChoice.class);
      for (Crew.Member member : crew.members()) {
        DestinationChoice destination = member.database().destination();
        Content content = FlatTable.contentOfWorker(member.database());
        laps.put(
            destination,
            new Lap(
                finished.getOrDefault(destination, Double.NaN),
                Map.of("client", used.getOrDefault(destination.key(), Double.NaN)),
                member.worker().residentPeak(),
                member.worker().heapPeak(),
                content.rows(),
                content.digest()));
      }
      return new Together(
          Statistics.max(finished.values()), used.getOrDefault("source", Double.NaN), laps);
    }
  }

  private static void report(
      Report report, Map<DestinationChoice, List<Lap>> alone, List<Together> together) {
    Table table =
        new Table(
            new Column("worker", "worker", "%s"),
            new Column("alone s", "aloneSeconds", "%.2f"),
            new Column("at once s", "atOnceSeconds", "%.2f"),
            new Column("worker CPU s/M rows: alone", "aloneCpuPerMillionRows", "%.2f"),
            new Column("at once", "atOnceCpuPerMillionRows", "%.2f"),
            new Column("source CPU s/M rows: alone", "aloneSourceCpuPerMillionRows", "%.2f"),
            new Column("at once", "atOnceSourceCpuPerMillionRows", "%.2f"),
            new Column("peak RSS MB", "peakResidentMegabytes", "%.0f"),
            new Column("peak heap MB", "peakHeapMegabytes", "%.0f"));
    double sum = 0;
    for (Map.Entry<DestinationChoice, List<Lap>> entry : alone.entrySet()) {
      List<Lap> single = entry.getValue();
      List<Lap> shared = together.stream().map(all -> all.laps().get(entry.getKey())).toList();
      double seconds = Statistics.median(single.stream().map(Lap::seconds).toList());
      sum += seconds;
      List<Lap> all = new ArrayList<>(single);
      all.addAll(shared);
      table.row(
          entry.getKey().worker(),
          seconds,
          Statistics.median(shared.stream().map(Lap::seconds).toList()),
          cpu(single, "client"),
          cpu(shared, "client"),
          cpu(single, "source"),
          null,
          all.stream().mapToLong(Lap::residentBytes).max().orElse(0) / MEGABYTE,
          all.stream().mapToLong(Lap::heapBytes).max().orElse(0) / MEGABYTE);
    }
    double atOnce = Statistics.median(together.stream().map(Together::seconds).toList());
    table.row(
        "sum of these alone; all at once",
        sum,
        atOnce,
        null,
        null,
        null,
        Statistics.median(
            together.stream()
                .map(all ->
                    all.sourceCpuSeconds()
                        / all.laps().values().stream().mapToLong(Lap::rows).sum()
                        * MILLION)
                .toList()),
        null,
        null);
    report.table(table);
    report.ratio("all at once / sum alone", atOnce / sum);
    report.bar("sum of all alone", sum, false);
    report.bar("all at once", atOnce, true);
  }

  private static double cpu(List<Lap> laps, String process) {
    return Statistics.median(
        laps.stream()
            .map(lap -> lap.cpuSeconds().getOrDefault(process, Double.NaN) / lap.rows() * MILLION)
            .filter(used -> !used.isNaN())
            .toList());
  }
}
