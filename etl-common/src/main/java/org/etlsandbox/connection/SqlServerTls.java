package org.etlsandbox.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SQL Server's driver. Here and not with the adapter: beta-api queries SQL Server without it.
 * Public with a public constructor because the service loader creates it.
 *
 * @see <a
 *     href="https://learn.microsoft.com/sql/connect/jdbc/connecting-with-ssl-encryption">Connecting
 *     with encryption</a>
 */
public final class SqlServerTls implements DriverTls {

  /** With one of these the driver's own way of trusting is wanted. */
  private static final Set<String> OWN_TRUST =
      Set.of(
          "trustStore",
          "trustManagerClass",
          "serverCertificate",
          "hostNameInCertificate",
          "socketFactoryClass");

  private static final Set<String> ENCRYPTED = Set.of("true", "mandatory", "strict");

  @Override
  public boolean accepts(String url) {
    return SqlServerUrl.isOne(url);
  }

  @Override
  public Optional<String> weakness(String url) {
    SqlServerUrl parts = SqlServerUrl.of(url);
    return lessThan(parts, "encrypt", ENCRYPTED)
        .or(() -> lessThan(parts, "trustServerCertificate", Set.of("false")));
  }

  private static Optional<String> lessThan(SqlServerUrl url, String name, Set<String> enough) {
    return url.property(name)
        .filter(value -> enough.stream().noneMatch(value::equalsIgnoreCase))
        .map(value -> name + "=" + value);
  }

  @Override
  public Map<String, String> verifying(String url, String ca) {
    SqlServerUrl parts = SqlServerUrl.of(url);
    // The properties win over the URL, and strict is more than true
    String encrypt = parts.property("encrypt").orElse("true");
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("encrypt", encrypt);
    properties.put("trustServerCertificate", "false");
    boolean own = OWN_TRUST.stream().anyMatch(name -> parts.property(name).isPresent());
    if (!own && !encrypt.equalsIgnoreCase("strict")) {
      properties.put("trustManagerClass", ServerTrust.class.getName());
      properties.put("trustManagerConstructorArg", ca);
    }
    return properties;
  }
}
