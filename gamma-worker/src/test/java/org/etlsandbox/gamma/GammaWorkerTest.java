package org.etlsandbox.gamma;

import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.WorkerContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Into the stand-in of the local stack. */
class GammaWorkerTest extends WorkerContract {

  @Override
  protected SpringApplicationBuilder application() {
    return GammaWorker.application();
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
