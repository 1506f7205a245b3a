package org.etlsandbox.delta;

import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.WorkerContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class DeltaWorkerTest extends WorkerContract {

  @Override
  protected SpringApplicationBuilder application() {
    return DeltaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.clickHouse();
  }

  @Override
  protected boolean standIn() {
    return false;
  }
}
