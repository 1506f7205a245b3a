package org.etlsandbox.stack.state;

import java.net.URI;
import java.util.Optional;

/**
 * Host, port and database of a JDBC URL.
 *
 * @param scheme {@code mysql}, {@code postgresql}, {@code http} or {@code https}; the last two are
 *     ClickHouse
 */
public record Address(String scheme, String host, int port, String database) {

  private static final String JDBC = "jdbc:";
  private static final int HTTPS_PORT = 8443;

  /** Empty for URLs that name several hosts or none. */
  public static Optional<Address> of(String jdbcUrl) {
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

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "mysql" -> 3306;
      case "postgresql" -> 5432;
      case "https" -> HTTPS_PORT;
      default -> 8123;
    };
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
