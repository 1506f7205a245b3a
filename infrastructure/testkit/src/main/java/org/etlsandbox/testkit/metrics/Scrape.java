package org.etlsandbox.testkit.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service exposes, in Prometheus' text format. */
final class Scrape {

  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
  private static final Pattern SERIES =
      Pattern.compile("(\\w+?)(?:_count|_sum|_bucket)?\\{(.*)} \\S+");
  private static final Pattern TAG = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** On every series, or told by the type. */
  private static final Set<String> OF_ALL = Set.of("service", "le");

  private final List<Meter> meters = new ArrayList<>();

  Scrape(String text) {
    Map<String, Map<String, Set<String>>> tags = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    text.lines()
        .forEach(line -> {
          Matcher type = TYPE.matcher(line);
          if (type.matches()) {
            types.put(type.group(1), type.group(2));
          }
          Matcher series = SERIES.matcher(line);
          if (series.matches()) {
            Map<String, Set<String>> known =
                tags.computeIfAbsent(series.group(1), name -> new HashMap<>());
            Matcher tag = TAG.matcher(series.group(2));
            while (tag.find()) {
              if (!OF_ALL.contains(tag.group(1))) {
                known.computeIfAbsent(tag.group(1), name -> new TreeSet<>()).add(tag.group(2));
              }
            }
          }
        });
    types.forEach(
        (name, type) -> meters.add(new Meter(name, type, tags.getOrDefault(name, Map.of()))));
  }

  List<Meter> meters() {
    return meters;
  }
}
