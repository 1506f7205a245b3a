package org.etlsandbox.jupiter;

import org.etlsandbox.testkit.SourceContract;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.sakila.TestSakila;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("MariaDB")
class MariaDbSourceTest extends SourceContract {

  @Override
  protected TestSakila emptySakila(boolean indexed) {
    return TestEngines.mariaDb().emptySakila(new JupiterSourceProvider(), indexed);
  }
}
