package org.etlsandbox.stack.doctor;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array, one object a finding: {@code severity}, {@code subject}, {@code message}, {@code
 * todo}.
 */
final class JsonReport implements Report {

  private final PrintStream out;

  JsonReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin() {}

  @Override
  public void add(Finding finding) {}

  @Override
  public void end(List<Finding> all) {
    out.println(
        all.stream().map(JsonReport::object).collect(Collectors.joining(",\n  ", "[\n  ", "\n]")));
  }

  private static String object(Finding finding) {
    return "{\"severity\": %s, \"subject\": %s, \"message\": %s, \"todo\": %s}"
        .formatted(
            text(finding.severity().word()),
            text(finding.subject()),
            text(finding.message()),
            text(finding.todo()));
  }

  static String text(@Nullable String value) {
    if (value == null) {
      return "null";
    }
    StringBuilder json = new StringBuilder("\"");
    value
        .chars()
        .forEach(c -> {
          switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            default -> {
              if (c < 0x20) {
                json.append("\\u%04x".formatted(c));
              } else {
                json.append((char) c);
              }
            }
          }
        });
    return json.append('"').toString();
  }
}
