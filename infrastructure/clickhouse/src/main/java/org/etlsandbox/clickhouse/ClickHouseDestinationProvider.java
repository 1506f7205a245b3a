package org.etlsandbox.clickhouse;

import java.util.Locale;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationProvider;

/** Opens ClickHouse databases by {@code jdbc:clickhouse:} and {@code jdbc:ch:} URLs. */
public final class ClickHouseDestinationProvider implements DestinationProvider {

  @Override
  public String product() {
    return "ClickHouse";
  }

  @Override
  public boolean accepts(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return lower.startsWith("jdbc:clickhouse:") || lower.startsWith("jdbc:ch:");
  }

  /**
   * @throws org.etlsandbox.failure.StoreException of kind {@code PERMANENT} when the URL cannot be
   *     read
   */
  @Override
  public Destination open(ConnectionSettings settings) {
    return new ClickHouseDestination(new ClickHouseServer(settings));
  }
}
