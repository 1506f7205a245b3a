package org.etlsandbox.testkit.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of {@code docs/metrics.md}: name, type, unit, tags, in, meaning, typical. */
final class MetricsPage {

  private static final Path PAGE = Path.of("../docs/metrics.md");

  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(\\w+)` \\| (\\w+) \\|[^|]+\\|([^|]*)\\| ([\\w, -]+) \\|[^|]+\\|[^|]*\\|");

  private static final Pattern TAG = Pattern.compile("`(\\w+)`(?:: ([\\w, ]+))?");

  private record Row(Meter meter, Set<String> in) {}

  private final List<Row> rows;

  private MetricsPage(List<Row> rows) {
    this.rows = rows;
  }

  static MetricsPage read() {
    try (var lines = Files.lines(PAGE)) {
      return new MetricsPage(
          lines.filter(line -> line.startsWith("| `")).map(MetricsPage::row).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new AssertionError("%s has a row that cannot be read: %s".formatted(PAGE, line));
    }
    Map<String, Set<String>> tags = new HashMap<>();
    Matcher tag = TAG.matcher(row.group(3));
    while (tag.find()) {
      String values = tag.group(2);
      tags.put(tag.group(1), values == null ? Set.of() : words(values));
    }
    return new Row(new Meter(row.group(1), row.group(2), tags), words(row.group(4)));
  }

  private static Set<String> words(String list) {
    return new TreeSet<>(List.of(list.strip().split(",\\s*")));
  }

  /** The meters that a service of this kind is said to have. */
  List<Meter> of(String kind) {
    return rows.stream().filter(row -> row.in().contains(kind)).map(Row::meter).toList();
  }
}
