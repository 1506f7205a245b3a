package org.etlsandbox.deltaapi;

import java.util.List;
import org.etlsandbox.testkit.engine.TestEngines;

class SqlServerTypesTest extends DdlTypesContract {

  SqlServerTypesTest() {
    super(TestEngines.sqlServer(), "SQL Server");
  }

  @Override
  String create(String table, List<String> columns) {
    return "CREATE TABLE %s (%s)".formatted(table, String.join(", ", columns));
  }
}
