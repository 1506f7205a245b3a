package org.etlsandbox.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a part has measured, and what it could not measure. */
final class Report {

  /** A figure divided by another one of the same run. */
  record Ratio(String name, double value) {}

  /**
   * One bar of the plot.
   *
   * @param ours whether it is drawn as one of ours
   */
  record Bar(String label, double value, boolean ours) {}

  private final String key;
  private final String title;
  private final List<Table> tables = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Ratio> ratios = new ArrayList<>();
  private final List<Bar> bars = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private String unit = "s";
  private Map<String, Object> details = Map.of();

  /**
   * @param key of the part
   * @param title says what was done
   */
  Report(String key, String title) {
    this.key = key;
    this.title = title;
  }

  void table(Table table) {
    tables.add(table);
  }

  /** What a reader has to know to understand the figures. */
  void note(String text) {
    notes.add(text);
  }

  /** Nothing when one of the two was not measured. */
  void ratio(String name, double value) {
    if (!Double.isNaN(value)) {
      ratios.add(new Ratio(name, value));
    }
  }

  void bar(String label, double value, boolean ours) {
    if (!Double.isNaN(value)) {
      bars.add(new Bar(label, value, ours));
    }
  }

  /** Of the bars; seconds, if nobody says. */
  void unit(String unit) {
    this.unit = unit;
  }

  /** What was not measured, and why. */
  void leftOut(String what, @Nullable String why) {
    leftOut.add("%s is left out: %s".formatted(what, why));
  }

  /** What must not be: a wrong row, a lost change. */
  void failure(String what) {
    failures.add(what);
  }

  /** For programs only. */
  void details(Map<String, Object> values) {
    details = values;
  }

  String key() {
    return key;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  List<Bar> bars() {
    return bars;
  }

  List<Ratio> ratios() {
    return ratios;
  }

  List<String> failures() {
    return failures;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(key, title));
    for (Table table : tables) {
      table.lines().forEach(line -> lines.add("  " + line));
    }
    ratios.forEach(ratio -> lines.add("  %s: %.2f".formatted(ratio.name(), ratio.value())));
    notes.forEach(note -> lines.add("  " + note));
    leftOut.forEach(reason -> lines.add("  " + reason));
    failures.forEach(failure -> lines.add("  FAILED: " + failure));
    return lines;
  }

  Map<String, Object> published() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("title", title);
    all.put("figures", tables.stream().flatMap(table -> table.published().stream()).toList());
    Map<String, Double> named = new LinkedHashMap<>();
    ratios.forEach(ratio -> named.put(ratio.name(), ratio.value()));
    all.put("ratios", named);
    all.put("notes", notes);
    all.put("leftOut", leftOut);
    all.put("failures", failures);
    all.putAll(details);
    return all;
  }
}
