package org.etlsandbox.jupiter;

import org.etlsandbox.testkit.SourceContract;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.sakila.TestSakila;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("MySQL")
class MySqlSourceTest extends SourceContract {

  @Override
  protected TestSakila emptySakila(boolean indexed) {
    return TestEngines.mySql().emptySakila(new JupiterSourceProvider(), indexed);
  }
}
