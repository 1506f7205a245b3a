package org.etlsandbox.delta;

import java.util.List;
import org.etlsandbox.engines.ClickHouseEngine;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.OutageContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class DeltaWorkerOutageTest extends OutageContract {

  @Override
  protected SpringApplicationBuilder application() {
    return DeltaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.clickHouse();
  }

  /** The others break in the same way, whatever the destination: beta-worker's test has them. */
  @Override
  protected List<String> breaking() {
    return List.of("destination");
  }

  @Override
  protected String renameTable(String from, String to) {
    return "RENAME TABLE %s TO %s".formatted(from, to);
  }

  @Override
  protected Engine startServer(EngineOptions options) {
    return ClickHouseEngine.start(options);
  }
}
