package org.etlsandbox.clickhouse;

import org.etlsandbox.testkit.DestinationContract;
import org.etlsandbox.testkit.Differences;
import org.etlsandbox.testkit.TestStore;
import org.etlsandbox.testkit.engine.TestEngines;

class ClickHouseDestinationTest extends DestinationContract {

  @Override
  protected TestStore emptyStore() {
    return TestEngines.clickHouse().emptyStore(new ClickHouseDestinationProvider());
  }

  @Override
  public Differences differences() {
    return Differences.NONE.datesBetween(ClickHouseLimits.EARLIEST, ClickHouseLimits.LATEST);
  }
}
