package org.etlsandbox.postgresql;

import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationProvider;

/** PostgreSQL 13 or later, by its own driver. */
public final class PostgreSqlDestinationProvider implements DestinationProvider {

  @Override
  public String product() {
    return "PostgreSQL";
  }

  @Override
  public boolean accepts(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  @Override
  public Destination open(ConnectionSettings settings) {
    return new PostgreSqlDestination(settings);
  }
}
