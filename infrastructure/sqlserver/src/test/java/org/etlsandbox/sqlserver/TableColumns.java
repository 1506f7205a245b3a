package org.etlsandbox.sqlserver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns of the first table that a script creates, by name, in their order. */
record TableColumns(Map<String, String> columns) {
  private static final Pattern COLUMN =
      Pattern.compile(
          "^ +([a-z_]+) +((?:bigint|bit|nvarchar|varchar|decimal|datetime2)\\b.*?),?$",
          Pattern.MULTILINE);

  static TableColumns of(String script) {
    int begin = script.indexOf("CREATE TABLE");
    int end = script.indexOf("PRIMARY KEY", begin);
    Map<String, String> columns = new LinkedHashMap<>();
    Matcher column = COLUMN.matcher(script.substring(begin, end));
    while (column.find()) {
      columns.put(column.group(1), GoldenFile.onOneLine(column.group(2)));
    }
    return new TableColumns(columns);
  }

  TableColumns without(String name) {
    Map<String, String> others = new LinkedHashMap<>(columns);
    others.remove(name);
    return new TableColumns(others);
  }

  TableColumns mapTypes(Map<String, String> types) {
    Map<String, String> mapped = new LinkedHashMap<>(columns);
    mapped.replaceAll((name, type) -> types.getOrDefault(type, type));
    return new TableColumns(mapped);
  }

  TableColumns withoutConstraintNames() {
    Map<String, String> mapped = new LinkedHashMap<>(columns);
    mapped.replaceAll((name, type) -> type.replaceAll("CONSTRAINT \\S+ ", ""));
    return new TableColumns(mapped);
  }
}
