package org.etlsandbox.alpha;

import java.util.List;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.OutageContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class AlphaWorkerSqlServerOutageTest extends OutageContract {

  @Override
  protected SpringApplicationBuilder application() {
    return AlphaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.sqlServer();
  }

  /** The others break in the same way, whatever the destination: beta-worker's test has them. */
  @Override
  protected List<String> breaking() {
    return List.of("destination");
  }

  @Override
  protected Engine startServer(EngineOptions options) {
    throw new EngineUnavailableException(
        "SQL Server cannot be embedded, and one that is given is not ours to stop");
  }
}
