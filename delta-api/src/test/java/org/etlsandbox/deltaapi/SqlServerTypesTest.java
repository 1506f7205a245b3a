package org.etlsandbox.deltaapi;

import java.util.List;
import org.etlsandbox.deltaapi.DdlTypesPage.Row;
import org.etlsandbox.testkit.engine.TestEngines;

class SqlServerTypesTest extends DdlTypesContract {

  SqlServerTypesTest() {
    super(TestEngines.sqlServer(), "SQL Server");
  }

  @Override
  boolean has(Row row) {
    // Babelfish keeps six digits of a second, and says so in its catalogue
    return !databases().of("jupiter").engine().startsWith("Babelfish")
        || !row.type().endsWith("(7)");
  }

  @Override
  String create(String table, List<String> columns) {
    return "CREATE TABLE %s (%s)".formatted(table, String.join(", ", columns));
  }
}
