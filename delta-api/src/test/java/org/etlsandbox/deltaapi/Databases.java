package org.etlsandbox.deltaapi;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.opentest4j.TestAbortedException;

/** Databases of a test's own, by the name of the source that each is. */
final class Databases implements AutoCloseable {

  private final Map<String, TestDatabase> databases = new LinkedHashMap<>();
  private final Map<String, TestAbortedException> missing = new HashMap<>();

  Databases with(String source, EngineUnderTest engine) {
    databases.put(source, engine.newDatabase());
    return this;
  }

  /** The same where such an engine can run here; where none can, {@link #require} says why. */
  Databases withIfThereIs(String source, EngineUnderTest engine) {
    try {
      return with(source, engine);
    } catch (TestAbortedException e) {
      missing.put(source, e);
      return this;
    }
  }

  /** Aborts the test where the engine of this source cannot run here. */
  void require(String source) {
    TestAbortedException reason = missing.get(source);
    if (reason != null) {
      throw reason;
    }
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
