package org.etlsandbox.postgresql;

import org.etlsandbox.testkit.DestinationContract;
import org.etlsandbox.testkit.Differences;
import org.etlsandbox.testkit.TestStore;
import org.etlsandbox.testkit.engine.TestEngines;

class PostgreSqlDestinationTest extends DestinationContract {

  @Override
  protected TestStore emptyStore() {
    return TestEngines.postgreSql().emptyStore(new PostgreSqlDestinationProvider());
  }

  @Override
  public Differences differences() {
    return Differences.NONE.refusingNul();
  }
}
