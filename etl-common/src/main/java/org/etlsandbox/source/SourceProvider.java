package org.etlsandbox.source;

import org.etlsandbox.connection.ConnectionSettings;

/** Opens sources of one product; found through {@link java.util.ServiceLoader}. */
public interface SourceProvider {

  /** The product as users know it, e.g. {@code MySQL}. */
  String product();

  /** Whether a JDBC URL belongs to this product, judged by its prefix alone. */
  boolean accepts(String url);

  /**
   * Opens without I/O: the first connection is made by the first call that needs one.
   *
   * @param rate is told of the rows that are read for scopes and comparisons
   */
  Source open(ConnectionSettings settings, ReadRate rate);

  /** The same without a limit. */
  default Source open(ConnectionSettings settings) {
    return open(settings, ReadRate.unlimited());
  }
}
