package org.etlsandbox.sqlserver;

import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationProvider;

/** SQL Server 2019 or later and Azure SQL, by Microsoft's driver. */
public final class SqlServerDestinationProvider implements DestinationProvider {

  @Override
  public String product() {
    return "SQL Server";
  }

  @Override
  public boolean accepts(String url) {
    return url.startsWith("jdbc:sqlserver:");
  }

  @Override
  public Destination open(ConnectionSettings settings) {
    return new SqlServerDestination(settings);
  }
}
