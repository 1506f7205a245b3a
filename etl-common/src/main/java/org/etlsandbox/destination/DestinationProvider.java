package org.etlsandbox.destination;

import org.etlsandbox.connection.ConnectionSettings;

/** Opens destinations of one product; found through {@link java.util.ServiceLoader}. */
public interface DestinationProvider {

  /** The product as users know it, e.g. {@code PostgreSQL}. */
  String product();

  /** Whether a JDBC URL belongs to this product, judged by its prefix alone. */
  boolean accepts(String url);

  /** Opens without I/O: the first connection is made by the first call that needs one. */
  Destination open(ConnectionSettings settings);
}
