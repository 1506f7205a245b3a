package org.etlsandbox.testkit.memory;

import org.etlsandbox.testkit.DestinationContract;
import org.etlsandbox.testkit.TestStore;

class InMemoryDestinationTest extends DestinationContract {

  @Override
  protected TestStore emptyStore() {
    return new InMemoryStore(row -> false);
  }
}
