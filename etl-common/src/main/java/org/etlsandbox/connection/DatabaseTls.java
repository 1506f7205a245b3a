package org.etlsandbox.connection;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;

/**
 * Whether the connections to a database are encrypted and the server is verified.
 *
 * @param mode {@link Mode#VERIFY} unless somebody decided otherwise
 * @param ca a PEM file with the certificates of the authorities to trust; empty: those of the JVM
 */
public record DatabaseTls(Mode mode, String ca) {

  /** The default: nothing goes over the network in clear, or to a server that is not verified. */
  public static final DatabaseTls VERIFY = new DatabaseTls(Mode.VERIFY, "");

  /** As the URL and the driver's defaults say. */
  public static final DatabaseTls OFF = new DatabaseTls(Mode.OFF, "");

  /** How strict we are. */
  public enum Mode {
    /** Encrypted; certificate, host name and dates of the server must fit. A URL cannot ease it. */
    VERIFY,
    /** The URL decides, and where it is silent the driver. */
    OFF
  }

  /** Whether the server must prove who it is, over an encrypted connection. */
  public boolean isVerifying() {
    return mode == Mode.VERIFY;
  }

  /** What a URL says for itself that is less than {@link Mode#VERIFY}: {@code sslmode=prefer}. */
  public static Optional<String> weakness(String url) {
    return of(url).flatMap(driver -> driver.weakness(url));
  }

  /**
   * The driver's properties for a database; they go with all its other properties.
   *
   * @param database its name, for messages
   * @param shownUrl the URL without credentials, for messages
   * @throws StoreException of kind {@code PERMANENT} when the URL asks for less, or for a driver
   *     that nobody here can make verify
   */
  Map<String, String> driverProperties(String database, String shownUrl, String url) {
    if (!isVerifying()) {
      return Map.of();
    }
    DriverTls driver =
        of(url)
            .orElseThrow(() ->
                new StoreException(
                    Kind.PERMANENT,
                    "%s at %s: nobody here can make that driver verify its server. Put the adapter's module on the class path."
                        .formatted(database, shownUrl)));
    Optional<String> weakness = driver.weakness(url);
    if (weakness.isPresent()) {
      throw new StoreException(
          Kind.PERMANENT,
          "%s at %s: its URL says %s, but connections to databases are encrypted and verified (etl.tls.databases=verify). Take that out of the URL, or allow it with etl.tls.databases=off (ETL_TLS_DATABASES)."
              .formatted(database, shownUrl, weakness.get()));
    }
    return driver.verifying(url, ca);
  }

  /** The SQLState that says that the server has none; empty where that cannot be told. */
  Optional<String> stateWithoutTls(String url) {
    return isVerifying() ? of(url).flatMap(DriverTls::stateWithoutTls) : Optional.empty();
  }

  private static Optional<DriverTls> of(String url) {
    return ServiceLoader.load(DriverTls.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(driver -> driver.accepts(url))
        .findFirst();
  }
}
