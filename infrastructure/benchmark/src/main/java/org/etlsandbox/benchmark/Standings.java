package org.etlsandbox.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.etlsandbox.benchmark.Table.Column;
import org.etlsandbox.benchmark.arena.Lap;
import org.jspecify.annotations.Nullable;

/** The laps of all contestants that fill the same kind of table. */
final class Standings {

  private static final double MILLION = 1e6;
  private static final double MEGABYTE = 1024 * 1024;

  private final Map<String, String> titles = new LinkedHashMap<>();
  private final Map<String, List<Lap>> laps = new LinkedHashMap<>();

  void add(Contestant contestant, Lap lap) {
    add(contestant.key(), contestant.title(), lap);
  }

  void add(String key, String title, Lap lap) {
    titles.put(key, title);
    laps.computeIfAbsent(key, missing -> new ArrayList<>()).add(lap);
  }

  /** Why the tables are not all the same, or empty. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    Lap expected = null;
    for (Map.Entry<String, List<Lap>> entry : laps.entrySet()) {
      for (Lap lap : entry.getValue()) {
        if (expected == null) {
          expected = lap;
        }
        if (lap.rows() != expected.rows() || !lap.digest().equals(expected.digest())) {
          differences.add(
              "%s has %,d rows of digest %s, not %,d of %s"
                  .formatted(
                      entry.getKey(),
                      lap.rows(),
                      lap.digest(),
                      expected.rows(),
                      expected.digest()));
        }
      }
    }
    return differences;
  }

  /** Seconds; NaN for whom there is no lap. */
  double median(String key) {
    return Statistics.median(seconds(laps.getOrDefault(key, List.of())));
  }

  private static List<Double> seconds(List<Lap> all) {
    return all.stream().map(Lap::seconds).toList();
  }

  Table table() {
    Table table =
        new Table(
            new Column("what", "what", "%s"),
            new Column("median s", "medianSeconds", "%.2f"),
            new Column("min s", "minSeconds", "%.2f"),
            new Column("max s", "maxSeconds", "%.2f"),
            new Column("CPU s/M rows: source", "sourceCpuPerMillionRows", "%.2f"),
            new Column("destination", "destinationCpuPerMillionRows", "%.2f"),
            new Column("client", "clientCpuPerMillionRows", "%.2f"),
            new Column("RSS MB", "peakResidentMegabytes", "%.0f"),
            new Column("heap MB", "peakHeapMegabytes", "%.0f"));
    laps.forEach((key, all) ->
        table.row(
            titles.get(key),
            median(key),
            Statistics.min(seconds(all)),
            Statistics.max(seconds(all)),
            cpu(all, "source"),
            cpu(all, "destination"),
            cpu(all, "client"),
            megabytes(all, Lap::residentBytes),
            megabytes(all, Lap::heapBytes)));
    return table;
  }

  private static double cpu(List<Lap> all, String process) {
    return Statistics.median(
        all.stream()
            .map(lap -> {
              Double used = lap.cpuSeconds().get(process);
              return used == null ? Double.NaN : used / lap.rows() * MILLION;
            })
            .filter(used -> !used.isNaN())
            .toList());
  }

  /** The highest of all laps; null where none was measured. */
  private static @Nullable Double megabytes(List<Lap> all, ToDoubleFunction<Lap> bytes) {
    double most = all.stream().mapToDouble(bytes).max().orElse(0);
    return most == 0 ? null : most / MEGABYTE;
  }

  Map<String, Object> published() {
    Map<String, Object> all = new LinkedHashMap<>();
    laps.forEach((key, value) -> all.put(key, Map.of("title", titles.get(key), "laps", value)));
    return all;
  }
}
