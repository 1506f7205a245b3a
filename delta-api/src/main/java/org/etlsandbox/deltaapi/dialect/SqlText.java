package org.etlsandbox.deltaapi.dialect;

import java.util.List;
import java.util.stream.Collectors;

/** Writes names and texts so that nothing in them is read as SQL. */
final class SqlText {

  private SqlText() {}

  /** Between these quotes, of which those inside are doubled. */
  static String quoted(String text, char open, char close) {
    String end = String.valueOf(close);
    return open + text.replace(end, end + end) + end;
  }

  /** Lines of a CREATE TABLE, indented and separated by commas. */
  static String lines(List<String> lines) {
    return lines.stream().map(line -> "  " + line).collect(Collectors.joining(",\n"));
  }
}
