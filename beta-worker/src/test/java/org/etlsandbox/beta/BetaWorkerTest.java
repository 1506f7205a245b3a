package org.etlsandbox.beta;

import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.WorkerContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class BetaWorkerTest extends WorkerContract {

  @Override
  protected SpringApplicationBuilder application() {
    return BetaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.postgreSql();
  }

  @Override
  protected boolean standIn() {
    return false;
  }
}
