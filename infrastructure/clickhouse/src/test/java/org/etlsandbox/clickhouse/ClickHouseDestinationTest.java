package org.etlsandbox.clickhouse;

import org.etlsandbox.testkit.DestinationContract;
import org.etlsandbox.testkit.Differences;
import org.etlsandbox.testkit.TestStore;

class ClickHouseDestinationTest extends DestinationContract {

  @Override
  protected TestStore emptyStore() {
    return ClickHouseStores.empty();
  }

  @Override
  public Differences differences() {
    return Differences.NONE.datesBetween(ClickHouseLimits.EARLIEST, ClickHouseLimits.LATEST);
  }
}
