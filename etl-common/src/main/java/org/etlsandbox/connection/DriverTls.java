package org.etlsandbox.connection;

import java.util.Map;
import java.util.Optional;

/**
 * How the driver of one product is made to encrypt and to verify; found through {@link
 * java.util.ServiceLoader}, next to the adapter where that needs the driver's classes.
 */
public interface DriverTls {

  /** Whether a JDBC URL belongs to this driver. */
  boolean accepts(String url);

  /**
   * What the URL says for itself that is less than encrypted and verified, without any secret:
   * {@code encrypt=false}; empty where it says nothing or as much.
   */
  Optional<String> weakness(String url);

  /**
   * Properties by which the driver encrypts and verifies certificate, dates and host. A URL that
   * brings trust of its own, a trust store say, is verified with that.
   *
   * @param url one without {@link #weakness}
   * @param ca a PEM file of authorities, empty for those of the JVM
   */
  Map<String, String> verifying(String url, String ca);

  /**
   * The SQLState with which the driver says that the server has no TLS, and little else; empty
   * where nothing tells that from a server that is down.
   */
  default Optional<String> stateWithoutTls() {
    return Optional.empty();
  }
}
