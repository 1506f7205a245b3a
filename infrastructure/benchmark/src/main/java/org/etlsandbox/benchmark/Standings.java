package org.etlsandbox.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The laps of all contestants. */
final class Standings {

  private final Map<String, String> titles = new LinkedHashMap<>();
  private final Map<String, List<Lap>> laps = new LinkedHashMap<>();

  void add(Contestant contestant, Lap lap) {
    titles.put(contestant.key(), contestant.title());
    laps.computeIfAbsent(contestant.key(), key -> new ArrayList<>()).add(lap);
  }

  /** Why the tables are not all the same, or empty. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    Lap expected = laps.values().iterator().next().getFirst();
    laps.forEach((key, all) -> {
      for (Lap lap : all) {
        if (lap.rows() != expected.rows() || !lap.digest().equals(expected.digest())) {
          differences.add(
              "%s has %,d rows of digest %s, not %,d of %s"
                  .formatted(key, lap.rows(), lap.digest(), expected.rows(), expected.digest()));
        }
      }
    });
    return differences;
  }

  double median(String key) {
    return median(laps.getOrDefault(key, List.of()).stream().map(Lap::seconds).sorted().toList());
  }

  private static double median(List<Double> ascending) {
    int size = ascending.size();
    if (size == 0) {
      return Double.NaN;
    }
    return (ascending.get((size - 1) / 2) + ascending.get(size / 2)) / 2;
  }

  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-48s %8s %8s %8s  %s"
            .formatted("what", "median s", "min s", "max s", "CPU s: source, destination, client"));
    laps.forEach((key, all) ->
        lines.add(
            "%-48s %8.2f %8.2f %8.2f  %s"
                .formatted(
                    titles.get(key),
                    median(key),
                    all.stream().mapToDouble(Lap::seconds).min().orElse(Double.NaN),
                    all.stream().mapToDouble(Lap::seconds).max().orElse(Double.NaN),
                    cpu(all))));
    return lines;
  }

  private static String cpu(List<Lap> all) {
    List<String> words = new ArrayList<>();
    for (String process : List.of("source", "destination", "client")) {
      List<Double> used =
          all.stream().map(lap -> lap.cpuSeconds().getOrDefault(process, 0.0)).sorted().toList();
      words.add("%.2f".formatted(median(used)));
    }
    return String.join(", ", words);
  }

  Map<String, Object> published() {
    Map<String, Object> all = new LinkedHashMap<>();
    laps.forEach((key, value) -> all.put(key, Map.of("title", titles.get(key), "laps", value)));
    return all;
  }
}
