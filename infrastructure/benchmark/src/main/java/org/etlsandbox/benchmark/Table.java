package org.etlsandbox.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures in rows: aligned for people, by name for programs. */
final class Table {

  /**
   * @param title for people
   * @param key for programs
   * @param format of {@link String#format}
   */
  record Column(String title, String key, String format) {}

  private static final String NOTHING = "–";

  private final List<Column> columns;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /**
   * Adds a row.
   *
   * @param cells one a column; null and NaN are shown as a dash
   */
  void row(@Nullable Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, columns.size()));
    }
    rows.add(new ArrayList<>(Arrays.asList(cells)));
  }

  private static boolean isMissing(@Nullable Object cell) {
    return cell == null || cell instanceof Double number && number.isNaN();
  }

  /** The first column begins at the left, the others end at the right. */
  List<String> lines() {
    List<List<String>> texts = new ArrayList<>();
    texts.add(columns.stream().map(Column::title).toList());
    for (List<@Nullable Object> row : rows) {
      List<String> text = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        Object cell = row.get(i);
        text.add(
            isMissing(cell) ? NOTHING : String.format(Locale.ROOT, columns.get(i).format(), cell));
      }
      texts.add(text);
    }
    int[] widths = new int[columns.size()];
    for (List<String> text : texts) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], text.get(i).length());
      }
    }
    return texts.stream().map(text -> line(text, widths)).toList();
  }

  private static String line(List<String> text, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - text.get(i).length());
      line.append(i == 0 ? text.get(i) + blanks : "  " + blanks + text.get(i));
    }
    return line.toString().stripTrailing();
  }

  List<Map<String, Object>> published() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      Map<String, Object> one = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        Object cell = row.get(i);
        if (cell != null && !isMissing(cell)) {
          one.put(columns.get(i).key(), cell);
        }
      }
      all.add(one);
    }
    return all;
  }
}
