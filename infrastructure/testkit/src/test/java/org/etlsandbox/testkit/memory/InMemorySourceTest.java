package org.etlsandbox.testkit.memory;

import org.etlsandbox.testkit.SourceContract;
import org.etlsandbox.testkit.sakila.TestSakila;

class InMemorySourceTest extends SourceContract {

  @Override
  protected TestSakila emptySakila(boolean indexed) {
    return new InMemorySakila(indexed);
  }
}
