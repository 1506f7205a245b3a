package org.etlsandbox.delta;

import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.RefusalContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class DeltaWorkerRefusalTest extends RefusalContract {

  @Override
  protected SpringApplicationBuilder application() {
    return DeltaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.clickHouse();
  }

  @Override
  protected String addConstraint(String condition) {
    return "ALTER TABLE customer_order_flat ADD CONSTRAINT refuses CHECK (%s)".formatted(condition);
  }
}
