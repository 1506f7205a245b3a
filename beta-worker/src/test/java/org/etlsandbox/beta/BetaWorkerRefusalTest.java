package org.etlsandbox.beta;

import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.RefusalContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class BetaWorkerRefusalTest extends RefusalContract {

  @Override
  protected SpringApplicationBuilder application() {
    return BetaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.postgreSql();
  }

  @Override
  protected String addConstraint(String condition) {
    return "ALTER TABLE customer_order_flat ADD CONSTRAINT refuses CHECK (%s) NOT VALID"
        .formatted(condition.replace("is_deleted = 1", "is_deleted"));
  }
}
