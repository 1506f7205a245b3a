package org.etlsandbox.jupiter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etlsandbox.connection.DriverTls;
import org.etlsandbox.connection.UrlParameters;

/**
 * MySQL's driver. Public with a public constructor because the service loader creates it.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-security.html">Security
 *     properties</a>
 */
public final class MySqlTls implements DriverTls {

  /** With one of these the driver's own way of trusting is wanted. */
  private static final Set<String> OWN_TRUST =
      Set.of("trustCertificateKeyStoreUrl", "clientCertificateKeyStoreUrl");

  @Override
  public boolean accepts(String url) {
    return url.startsWith("jdbc:mysql:");
  }

  @Override
  public Optional<String> weakness(String url) {
    UrlParameters parameters = new UrlParameters(url);
    return parameters
        .lessThan("sslMode", List.of("VERIFY_IDENTITY"))
        .or(() -> parameters.lessThan("useSSL", List.of("true")))
        .or(() -> parameters.lessThan("requireSSL", List.of("true")))
        .or(() -> parameters.lessThan("verifyServerCertificate", List.of("true")))
        .or(() -> parameters.lessThan("socketFactory", List.of()));
  }

  @Override
  public Map<String, String> verifying(String url, String ca) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("sslMode", "VERIFY_IDENTITY");
    if (!new UrlParameters(url).hasAny(OWN_TRUST)) {
      properties.put("socketFactory", VerifyingMySqlSocketFactory.class.getName());
      properties.put(VerifyingMySqlSocketFactory.CA, ca);
    }
    return properties;
  }

  /** From the driver, before the login; a server that cannot be reached is 08S01. */
  @Override
  public Optional<String> stateWithoutTls() {
    return Optional.of("08001");
  }
}
