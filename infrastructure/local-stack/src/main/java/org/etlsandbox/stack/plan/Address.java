package org.etlsandbox.stack.plan;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.etlsandbox.connection.SqlServerUrl;

/**
 * Host, port and database of a JDBC URL.
 *
 * @param scheme {@code mysql}, {@code postgresql}, {@code sqlserver}, {@code http} or {@code
 *     https}; the last two are ClickHouse
 * @param host with the name of a SQL Server instance, if it is found by that: {@code db\\sales}
 * @param port 0 where the instance's name stands for it
 */
public record Address(String scheme, String host, int port, String database) {

  private static final String JDBC = "jdbc:";
  private static final int HTTPS_PORT = 8443;
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Empty for URLs that name several hosts or none. */
  public static Optional<Address> of(String jdbcUrl) {
    if (SqlServerUrl.isOne(jdbcUrl)) {
      return ofSqlServer(SqlServerUrl.of(jdbcUrl));
    }
    String rest = jdbcUrl.startsWith(JDBC) ? jdbcUrl.substring(JDBC.length()) : jdbcUrl;
    for (String product : new String[] {"clickhouse:", "ch:"}) {
      if (rest.startsWith(product)) {
        String server = rest.substring(product.length());
        rest = server.startsWith("//") ? "http:" + server : server;
      }
    }
    int query = rest.indexOf('?');
    try {
      URI uri = URI.create(query < 0 ? rest : rest.substring(0, query));
      if (uri.getHost() == null || uri.getScheme() == null) {
        return Optional.empty();
      }
      String path = uri.getPath() == null ? "" : uri.getPath();
      String database = path.startsWith("/") ? path.substring(1) : path;
      int port = uri.getPort() < 0 ? defaultPort(uri.getScheme()) : uri.getPort();
      return Optional.of(new Address(uri.getScheme(), uri.getHost(), port, database));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Address> ofSqlServer(SqlServerUrl url) {
    if (url.host().isEmpty()) {
      return Optional.empty();
    }
    String database = url.database().orElse("");
    Optional<String> instance = url.instance();
    // why: given a port, the driver does not ask where the instance listens
    if (url.port().isEmpty() && instance.isPresent()) {
      return Optional.of(new Address("sqlserver", url.host() + "\\" + instance.get(), 0, database));
    }
    try {
      int port = url.port().map(Integer::valueOf).orElseGet(() -> defaultPort("sqlserver"));
      return Optional.of(new Address("sqlserver", url.host(), port, database));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "mysql" -> 3306;
      case "postgresql" -> 5432;
      case "sqlserver" -> 1433;
      case "https" -> HTTPS_PORT;
      default -> 8123;
    };
  }

  /** Whether both are one database, as far as names tell. */
  boolean isSameAs(Address other) {
    return scheme.equals(other.scheme)
        && canonical(host).equals(canonical(other.host))
        && port == other.port
        // why: by default SQL Server knows a database by its name in any case
        && (scheme.equals("sqlserver")
            ? database.equalsIgnoreCase(other.database)
            : database.equals(other.database));
  }

  private static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return THIS_MACHINE.contains(lower) ? "localhost" : lower;
  }

  @Override
  public String toString() {
    return port == 0 ? host : host + ":" + port;
  }
}
