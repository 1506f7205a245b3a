package org.etlsandbox.stack.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Rows with aligned columns. */
public final class Table {

  private static final String GAP = "  ";

  /** Text that is measured plain and then styled. */
  private record Cell(String text, UnaryOperator<String> style) {}

  private final List<List<Cell>> rows = new ArrayList<>();
  private final Set<Integer> rightAligned;
  private List<Cell> row = new ArrayList<>();

  /**
   * @param rightAligned columns of numbers, counted from 0
   */
  public Table(Set<Integer> rightAligned) {
    this.rightAligned = rightAligned;
  }

  /** Adds a cell to the current row. */
  public Table cell(String text) {
    return cell(text, UnaryOperator.identity());
  }

  /** Adds a cell to the current row. */
  public Table cell(String text, UnaryOperator<String> style) {
    row.add(new Cell(text, style));
    return this;
  }

  /** Ends the current row. */
  public Table end() {
    rows.add(row);
    row = new ArrayList<>();
    return this;
  }

  /** The rows as text. */
  public List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<Cell> cells : rows) {
      for (int i = 0; i < cells.size(); i++) {
        widths[i] = Math.max(widths[i], length(cells.get(i).text()));
      }
    }
    return rows.stream().map(cells -> line(cells, widths)).toList();
  }

  private String line(List<Cell> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      String padding = " ".repeat(widths[i] - length(cell.text()));
      String styled = cell.style().apply(cell.text());
      line.append(i == 0 ? "" : GAP);
      line.append(rightAligned.contains(i) ? padding + styled : styled + padding);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
