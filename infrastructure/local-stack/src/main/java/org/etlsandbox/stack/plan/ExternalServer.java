package org.etlsandbox.stack.plan;

import java.util.EnumMap;
import java.util.Map;
import org.etlsandbox.connection.ConnectionSettings;

/**
 * A server of the user's that replaces an embedded one.
 *
 * @param url a JDBC URL; may hold credentials, so it is never shown: {@link #safeUrl()} is
 */
public record ExternalServer(Store store, String url, String username, String password) {

  private static final String SQL_SERVER = "jdbc:sqlserver:";

  /**
   * The servers that the environment names: {@code NEPTUNE_URL}, {@code NEPTUNE_USERNAME}, {@code
   * NEPTUNE_PASSWORD}, …
   *
   * @throws StackFailure if there is no adapter for a URL
   */
  public static Map<Store, ExternalServer> from(Map<String, String> environment) {
    Map<Store, ExternalServer> servers = new EnumMap<>(Store.class);
    for (Store store : Store.values()) {
      String url = environment.getOrDefault(store.variable(), "").strip();
      if (url.isEmpty()) {
        continue;
      }
      ExternalServer server =
          new ExternalServer(
              store,
              url,
              environment.getOrDefault(store.name() + "_USERNAME", ""),
              environment.getOrDefault(store.name() + "_PASSWORD", ""));
      server.requireAdapter();
      servers.put(store, server);
    }
    return servers;
  }

  private void requireAdapter() {
    if (store.prefixes().stream().anyMatch(url::startsWith)) {
      return;
    }
    String prefixes = String.join(", ", store.prefixes());
    if (url.startsWith(SQL_SERVER)) {
      throw StackFailure.usage(
          "%s starts with %s, but the SQL Server adapter is not in this version yet: unset it (an embedded server stands in) or use one of %s."
              .formatted(store.variable(), SQL_SERVER, prefixes));
    }
    throw StackFailure.usage(
        "%s is '%s', for which there is no adapter: it must start with %s."
            .formatted(store.variable(), safeUrl(), prefixes));
  }

  /** The address without anything that could be a credential. */
  public String safeUrl() {
    return new ConnectionSettings(store.key(), url, username, password, 1).safeUrl();
  }

  @Override
  public String toString() {
    return store.key() + " at " + safeUrl();
  }
}
