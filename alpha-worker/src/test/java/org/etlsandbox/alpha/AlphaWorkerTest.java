package org.etlsandbox.alpha;

import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.WorkerContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Into the stand-in of the local stack. */
class AlphaWorkerTest extends WorkerContract {

  @Override
  protected SpringApplicationBuilder application() {
    return AlphaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.postgreSql();
  }

  @Override
  protected boolean standIn() {
    return true;
  }
}
