package org.etlsandbox.deltaapi;

import java.util.List;
import org.etlsandbox.testkit.engine.TestEngines;

class MySqlTypesTest extends DdlTypesContract {

  MySqlTypesTest() {
    super(TestEngines.mySql(), "MySQL");
  }

  @Override
  String create(String table, List<String> columns) {
    // The first TIMESTAMP would else get a default by itself
    return "CREATE TABLE %s (%s NULL)".formatted(table, String.join(" NULL, ", columns));
  }
}
