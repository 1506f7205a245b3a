package org.etlsandbox.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.etlsandbox.benchmark.Report.Bar;

/** Draws reports as bars, each report on a scale of its own; an SVG for light and dark pages. */
final class Plot {

  private static final int WIDTH = 760;
  private static final int MARGIN = 12;
  private static final int LABELS = 330;
  private static final int LONGEST_BAR = 330;
  private static final int ROW = 24;
  private static final int BAR_HEIGHT = 14;
  private static final int HEADLINE = 34;

  // One set of colours that reads on a white and on a black page
  private static final String STYLE =
      """
        <style>
          text { font: 13px system-ui, sans-serif; fill: #6e7781 }
          .headline { font-weight: 600 }
          .label { text-anchor: end }
          .ours { fill: #2f81f7 }
          .other { fill: #8c959f }
        </style>
      """;

  private Plot() {}

  /**
   * The whole file.
   *
   * @param subtitle what was copied, and on what
   */
  static String svg(String subtitle, List<Report> reports) {
    List<String> shapes = new ArrayList<>();
    List<String> words = new ArrayList<>();
    int y = MARGIN;
    for (Report report : reports) {
      List<Bar> bars = report.bars();
      if (bars.isEmpty()) {
        continue;
      }
      y += HEADLINE;
      shapes.add(
          "<text class=\"headline\" x=\"%d\" y=\"%d\">%s</text>"
              .formatted(
                  MARGIN, y - 10, escaped("%s (%s)".formatted(report.key(), report.unit()))));
      words.add(report.key() + ", " + report.title());
      double longest = Statistics.max(bars.stream().map(Bar::value).toList());
      for (Bar bar : bars) {
        shapes.addAll(shapes(bar, y, longest));
        words.add("%s: %s %s".formatted(bar.label(), number(bar.value()), report.unit()));
        y += ROW;
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title desc">
      <title id="title">%s</title>
      <desc id="desc">%s.</desc>
    %s  %s
    </svg>
    """
        .formatted(
            WIDTH,
            y + MARGIN,
            escaped("./etl bench: " + subtitle),
            escaped(String.join("; ", words)),
            STYLE,
            String.join("\n  ", shapes));
  }

  private static List<String> shapes(Bar bar, int y, double longest) {
    int middle = y + ROW / 2 + 1;
    // A bar of nothing is still a bar
    double length = longest > 0 ? Math.max(1, bar.value() / longest * LONGEST_BAR) : 1;
    return List.of(
        "<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>"
            .formatted(LABELS, middle, escaped(bar.label())),
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\"/>"
            .formatted(
                bar.ours() ? "ours" : "other",
                LABELS + MARGIN,
                y,
                String.format(Locale.ROOT, "%.1f", length),
                BAR_HEIGHT),
        "<text x=\"%s\" y=\"%d\">%s</text>"
            .formatted(
                String.format(Locale.ROOT, "%.1f", LABELS + 2 * MARGIN + length - 4),
                middle,
                number(bar.value())));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
