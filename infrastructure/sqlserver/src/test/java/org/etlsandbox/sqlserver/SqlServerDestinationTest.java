package org.etlsandbox.sqlserver;

import org.etlsandbox.testkit.DestinationContract;
import org.etlsandbox.testkit.Differences;
import org.etlsandbox.testkit.TestStore;
import org.etlsandbox.testkit.engine.TestEngines;

/** The whole contract, on the server in {@code MARS_URL} or in a container. */
class SqlServerDestinationTest extends DestinationContract {

  @Override
  protected TestStore emptyStore() {
    return TestEngines.sqlServer().emptyStore(new SqlServerDestinationProvider());
  }

  @Override
  public Differences differences() {
    return isSqlServer() ? Differences.NONE : Differences.NONE.refusingNul();
  }

  private boolean isSqlServer() {
    return store().engine().startsWith("SQL Server");
  }
}
