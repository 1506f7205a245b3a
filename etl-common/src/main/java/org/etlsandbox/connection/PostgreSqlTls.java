package org.etlsandbox.connection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * PostgreSQL's driver. Here and not with the adapter: the control database is PostgreSQL, too.
 * Public with a public constructor because the service loader creates it.
 *
 * @see <a href="https://jdbc.postgresql.org/documentation/ssl/">Using SSL</a>
 */
public final class PostgreSqlTls implements DriverTls {

  /** With one of these the driver's own way of trusting is wanted. */
  private static final Set<String> OWN_TRUST =
      Set.of("sslrootcert", "sslcert", "sslkey", "sslfactory");

  @Override
  public boolean accepts(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  @Override
  public Optional<String> weakness(String url) {
    UrlParameters parameters = new UrlParameters(url);
    return parameters
        .lessThan("sslmode", List.of("verify-full"))
        .or(() -> parameters.lessThan("ssl", List.of("true", "")))
        .or(() -> parameters.lessThan("sslhostnameverifier", List.of()))
        .or(() ->
            parameters.lessThan("sslfactory", List.of("org.postgresql.ssl.DefaultJavaSSLFactory")));
  }

  @Override
  public Map<String, String> verifying(String url, String ca) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("sslmode", "verify-full");
    if (!new UrlParameters(url).hasAny(OWN_TRUST)) {
      properties.put("sslfactory", VerifyingSocketFactory.class.getName());
      properties.put("sslfactoryarg", ca);
    }
    return properties;
  }

  /** Also that it wants a kind of login that the driver does not know. */
  @Override
  public Optional<String> stateWithoutTls() {
    return Optional.of("08004");
  }
}
