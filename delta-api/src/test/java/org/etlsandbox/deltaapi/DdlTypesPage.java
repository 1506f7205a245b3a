package org.etlsandbox.deltaapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/ddl-types.md} says. */
final class DdlTypesPage {

  private static final Path PAGE = Path.of("../docs/ddl-types.md");
  private static final List<String> DIALECTS =
      List.of("clickhouse", "postgresql", "sqlserver", "mysql");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * @param targets by dialect; a dialect that refuses the type is missing
   */
  record Row(String type, String logicalType, Map<String, String> targets) {}

  /**
   * @param refused the types that are named as refused
   */
  record Section(List<Row> rows, List<String> refused) {}

  private DdlTypesPage() {}

  static Section from(String product) {
    List<Row> rows = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    boolean inside = false;
    for (String line : lines()) {
      if (line.startsWith("## ")) {
        inside = line.startsWith("## From " + product);
      } else if (inside && line.startsWith("| `")) {
        rows.add(row(line));
      } else if (inside && line.startsWith("Refused: ")) {
        // One sentence, on one line
        Matcher code = CODE.matcher(line.substring(0, line.indexOf('.')));
        code.results().forEach(match -> refused.add(match.group(1)));
      }
    }
    return new Section(rows, refused);
  }

  private static Row row(String line) {
    String[] cells = line.substring(1, line.length() - 1).split(" \\| ", -1);
    Map<String, String> targets = new LinkedHashMap<>();
    for (int i = 0; i < DIALECTS.size(); i++) {
      String cell = cells[i + 2].strip();
      if (!cell.equals("refused")) {
        targets.put(DIALECTS.get(i), code(cell));
      }
    }
    return new Row(code(cells[0].strip()), cells[1].strip(), targets);
  }

  private static String code(String cell) {
    Matcher code = CODE.matcher(cell);
    if (!code.matches()) {
      throw new IllegalStateException("Neither a type nor 'refused': " + cell);
    }
    return code.group(1);
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
