package org.etlsandbox.beta;

import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.ChangeTimeContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class BetaWorkerChangeTimeTest extends ChangeTimeContract {

  @Override
  protected SpringApplicationBuilder application() {
    return BetaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.postgreSql();
  }

  @Override
  protected EngineUnderTest jupiterEngine() {
    return TestEngines.mySql();
  }
}
