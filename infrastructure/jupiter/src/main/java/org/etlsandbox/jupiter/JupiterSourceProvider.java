package org.etlsandbox.jupiter;

import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.source.ReadRate;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceProvider;

/** MySQL and MariaDB, both through MySQL's own driver. */
public final class JupiterSourceProvider implements SourceProvider {

  @Override
  public String product() {
    return "MySQL";
  }

  @Override
  public boolean accepts(String url) {
    return url.startsWith("jdbc:mysql:");
  }

  @Override
  public Source open(ConnectionSettings settings, ReadRate rate) {
    return new JupiterSource(settings, rate);
  }
}
