package org.etlsandbox.clickhouse;

import java.util.OptionalInt;
import java.util.UUID;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.engines.ClickHouseEngine;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.testkit.TestStore;
import org.opentest4j.TestAbortedException;

/** Databases on one embedded engine a JVM. */
final class ClickHouseStores {

  private static volatile Engine engine;

  private ClickHouseStores() {}

  static synchronized Engine engine() {
    if (engine == null) {
      try {
        engine = ClickHouseEngine.start(EngineOptions.temporary());
      } catch (EngineUnavailableException e) {
        throw new TestAbortedException(e.getMessage(), e);
      }
    }
    return engine;
  }

  /** A database that nobody has created yet. */
  static ConnectionSettings missing() {
    String name = "etl_test_" + UUID.randomUUID().toString().replace("-", "");
    return new ConnectionSettings(
        "test", engine().jdbcUrl(name), engine().username(), engine().password(), 10);
  }

  static TestStore empty() {
    ConnectionSettings settings = missing();
    return new TestStore() {
      @Override
      public String engine() {
        return engine.product() + " " + engine.version() + " (embedded)";
      }

      @Override
      public Destination open() {
        return new ClickHouseDestinationProvider().open(settings);
      }

      @Override
      public OptionalInt sessions() {
        return OptionalInt.empty();
      }

      @Override
      public void close() {
        try (ClickHouseServer server = new ClickHouseServer(settings)) {
          server.queryOutsideDatabase(
              "drop the database", "DROP DATABASE IF EXISTS " + server.database());
        }
      }
    };
  }
}
