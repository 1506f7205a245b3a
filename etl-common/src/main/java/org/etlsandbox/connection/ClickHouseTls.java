package org.etlsandbox.connection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ClickHouse's driver. Public with a public constructor because the service loader creates it.
 *
 * @see <a href="https://clickhouse.com/docs/integrations/language-clients/java/client">The
 *     client</a>
 */
public final class ClickHouseTls implements DriverTls {

  /** With one of these the driver's own way of trusting is wanted. */
  private static final Set<String> OWN_TRUST = Set.of("sslrootcert", "trust_store", "sslcert");

  private static final String PREFIX = "(?i)^jdbc:(clickhouse|ch):";

  @Override
  public boolean accepts(String url) {
    return !withoutPrefix(url).equals(url);
  }

  @Override
  public Optional<String> weakness(String url) {
    UrlParameters parameters = new UrlParameters(url);
    if (withoutPrefix(url).regionMatches(true, 0, "http:", 0, 5)) {
      return Optional.of("http:");
    }
    return parameters
        .lessThan("ssl", List.of("true"))
        .or(() -> parameters.lessThan("ssl_mode", List.of("strict")))
        .or(() -> parameters.lessThan("sslmode", List.of("strict")));
  }

  /** Whether the URL names what is to be trusted; otherwise {@link ServerTrust} decides. */
  public static boolean bringsTrust(String url) {
    return new UrlParameters(url).hasAny(OWN_TRUST);
  }

  @Override
  public Map<String, String> verifying(String url, String ca) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("ssl", "true");
    if (!ca.isEmpty() && !bringsTrust(url)) {
      properties.put("sslrootcert", ca);
    }
    return properties;
  }

  private static String withoutPrefix(String url) {
    return url.replaceFirst(PREFIX, "");
  }
}
