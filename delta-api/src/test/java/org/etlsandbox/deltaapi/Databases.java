package org.etlsandbox.deltaapi;

import java.util.LinkedHashMap;
import java.util.Map;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;

/** Databases of a test's own, by the name of the source that each is. */
final class Databases implements AutoCloseable {

  private final Map<String, TestDatabase> databases = new LinkedHashMap<>();

  Databases with(String source, EngineUnderTest engine) {
    databases.put(source, engine.newDatabase());
    return this;
  }

  Map<String, TestDatabase> bySource() {
    return databases;
  }

  TestDatabase of(String source) {
    return databases.get(source);
  }

  /** The schema that the source tells without being told which. */
  String schema(String source) {
    TestDatabase database = of(source);
    if (database.engine().startsWith("PostgreSQL")) {
      return "public";
    }
    return database.url().startsWith("jdbc:sqlserver:") ? "dbo" : database.name();
  }

  @Override
  public void close() {
    databases.values().forEach(TestDatabase::close);
  }
}
