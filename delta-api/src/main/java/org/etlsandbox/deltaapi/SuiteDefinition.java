package org.etlsandbox.deltaapi;

import java.util.List;

/**
 * How to create the suite's own table.
 *
 * @param sql one CREATE TABLE statement, without a terminator
 */
record SuiteDefinition(String dialect, String table, String sql) implements SqlAnswer {

  @Override
  public List<String> notes() {
    return List.of();
  }
}
