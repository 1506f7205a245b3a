package org.etlsandbox.alpha;

import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.WorkerContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Into a SQL Server, on the server in {@code MARS_URL} or in a container. */
class AlphaWorkerSqlServerTest extends WorkerContract {

  @Override
  protected SpringApplicationBuilder application() {
    return AlphaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.sqlServer();
  }

  @Override
  protected boolean standIn() {
    return false;
  }
}
