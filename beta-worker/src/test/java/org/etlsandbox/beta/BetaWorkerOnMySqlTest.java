package org.etlsandbox.beta;

import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;

/** The same from MySQL 8, which shows its open transactions in the performance schema. */
class BetaWorkerOnMySqlTest extends BetaWorkerTest {

  @Override
  protected EngineUnderTest jupiterEngine() {
    return TestEngines.mySql();
  }
}
