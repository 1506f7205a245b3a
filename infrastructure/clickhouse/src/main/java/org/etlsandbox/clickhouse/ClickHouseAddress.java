package org.etlsandbox.clickhouse;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a JDBC URL of ClickHouse says, in the terms of the driver's client: {@code
 * jdbc:clickhouse:[http:|https:]//host[:port][/path]/database[?option=value&…]}.
 *
 * @param endpoint e.g. {@code https://host:8443}
 * @param database the database that holds the tables
 * @param options the URL's other parameters, options of the driver's client
 */
record ClickHouseAddress(
    String endpoint,
    String database,
    String username,
    String password,
    Map<String, String> options) {

  private static final String DEFAULT_DATABASE = "default";
  private static final String DEFAULT_USER = "default";
  private static final int HTTP_PORT = 8123;
  private static final int HTTPS_PORT = 8443;

  static ClickHouseAddress of(ConnectionSettings settings) {
    String afterProduct = settings.url().replaceFirst("(?i)^jdbc:(clickhouse|ch):", "");
    try {
      URI uri = new URI(afterProduct.startsWith("//") ? "http:" + afterProduct : afterProduct);
      if (uri.getHost() == null) {
        throw unreadable(settings);
      }
      Map<String, String> options = parameters(uri.getRawQuery());
      boolean asked =
          "https".equals(uri.getScheme()) || Boolean.parseBoolean(options.remove("ssl"));
      boolean tls = asked || settings.tls().isVerifying();
      String userInUrl = options.remove("user");
      String passwordInUrl = options.remove("password");
      boolean ownUser = !settings.username().isEmpty();
      String user = ownUser ? settings.username() : orElse(userInUrl, DEFAULT_USER);
      String password = ownUser ? settings.password() : orElse(passwordInUrl, settings.password());
      int port = uri.getPort() > 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
      String path = uri.getPath() == null ? "" : uri.getPath();
      int lastSlash = path.lastIndexOf('/');
      String database = path.substring(lastSlash + 1);
      String endpoint =
          (tls ? "https" : "http")
              + "://"
              + uri.getHost()
              + ":"
              + port
              + path.substring(0, Math.max(lastSlash, 0));
      return new ClickHouseAddress(
          endpoint, database.isEmpty() ? DEFAULT_DATABASE : database, user, password, options);
    } catch (URISyntaxException | IllegalArgumentException e) {
      // The cause's message quotes the whole URL, so it stays away
      throw unreadable(settings);
    }
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null || value.isEmpty() ? otherwise : value;
  }

  private static StoreException unreadable(ConnectionSettings settings) {
    return new StoreException(
        Kind.PERMANENT,
        ("The URL of %s cannot be read: %s. It must look like"
                + " jdbc:clickhouse://host:8123/database (https: jdbc:clickhouse:https://host:8443/database).")
            .formatted(settings.name(), settings.safeUrl()));
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return endpoint + "/" + database;
  }
}
