package org.etlsandbox.soak.values;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value, or a few, that a careless copy spoils, in a rental of its own.
 *
 * @param group heading of its table in the docs
 * @param title what the docs call it, unique
 * @param widened Sakila's own column types cannot hold it
 * @param columns {@code table.column} → SQL expression; all others are harmless
 */
record HostileValue(String group, String title, boolean widened, Map<String, String> columns) {

  HostileValue {
    columns = new LinkedHashMap<>(columns);
  }

  static HostileValue of(String group, String title) {
    return new HostileValue(group, title, false, Map.of());
  }

  HostileValue with(String column, String expression) {
    HostileValue copy = new HostileValue(group, title, widened, columns);
    copy.columns.put(column, expression);
    return copy;
  }

  HostileValue onlyWhereWidened() {
    return new HostileValue(group, title, true, columns);
  }

  /** As a literal that no connection, driver or escape can change. */
  static String text(String text) {
    return text.isEmpty() ? "''" : "_utf8mb4 0x" + hex(text);
  }

  static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  String or(String column, long harmless) {
    return or(column, Long.toString(harmless));
  }

  String or(String column, String harmless) {
    return columns.getOrDefault(column, harmless);
  }
}
