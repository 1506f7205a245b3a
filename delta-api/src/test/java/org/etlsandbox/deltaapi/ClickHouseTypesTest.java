package org.etlsandbox.deltaapi;

import java.util.List;
import org.etlsandbox.testkit.engine.TestEngines;

class ClickHouseTypesTest extends DdlTypesContract {

  ClickHouseTypesTest() {
    super(TestEngines.clickHouse(), "ClickHouse");
  }

  @Override
  String create(String table, List<String> columns) {
    return "CREATE TABLE %s (%s) ENGINE = MergeTree ORDER BY tuple()"
        .formatted(table, String.join(", ", columns));
  }

  @Override
  String idType() {
    return "Int32";
  }
}
