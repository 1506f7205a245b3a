package org.etlsandbox.stack.plan;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.connection.SqlServerUrl;

/**
 * A server of the user's that replaces an embedded one.
 *
 * @param url a JDBC URL; may hold credentials, so it is never shown: {@link #safeUrl()} is
 * @param tls verified, unless {@code ETL_TLS_DATABASES} or the URL itself says otherwise
 */
public record ExternalServer(
    Store store, String url, String username, String password, DatabaseTls tls) {

  /**
   * The servers that the environment names: {@code NEPTUNE_URL}, {@code NEPTUNE_USERNAME}, {@code
   * NEPTUNE_PASSWORD}, …
   *
   * @throws StackFailure if there is no adapter for a URL, if it names no database where it must,
   *     or if two destinations would be one database
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
              environment.getOrDefault(store.name() + "_PASSWORD", ""),
              tls(url, environment));
      server.requireAdapter();
      server.requireDatabase();
      servers.put(store, server);
    }
    requireDistinct(servers.values().stream().filter(one -> one.store.isDestination()).toList());
    return servers;
  }

  /**
   * Verified, unless the environment says otherwise or the URL does: for this server alone, the
   * others are still verified.
   */
  public static DatabaseTls tls(String url, Map<String, String> environment) {
    String asked = environment.getOrDefault("ETL_TLS_DATABASES", "").strip();
    boolean off = asked.equalsIgnoreCase("off") || DatabaseTls.weakness(url).isPresent();
    return new DatabaseTls(
        off ? DatabaseTls.Mode.OFF : DatabaseTls.Mode.VERIFY,
        environment.getOrDefault("ETL_TLS_CA", "").strip());
  }

  private void requireAdapter() {
    if (store.prefixes().stream().anyMatch(url::startsWith)) {
      return;
    }
    String prefixes = String.join(", ", store.prefixes());
    throw StackFailure.usage(
        "%s is '%s', for which there is no adapter: it must start with %s."
            .formatted(store.variable(), safeUrl(), prefixes));
  }

  private void requireDatabase() {
    if (SqlServerUrl.isOne(url) && SqlServerUrl.of(url).database().isEmpty()) {
      throw StackFailure.usage(
          "%s (%s) names no database, so it would be the user's default one, most often master: add ;databaseName=%s to it."
              .formatted(store.variable(), safeUrl(), store.database()));
    }
  }

  private static void requireDistinct(List<ExternalServer> destinations) {
    for (ExternalServer one : destinations) {
      for (ExternalServer other : destinations) {
        if (one.store.compareTo(other.store) < 0 && one.isSameDatabaseAs(other)) {
          throw StackFailure.usage(
              "%s and %s name the same database (%s), but a destination has one worker and tables of its own: give one of them another database; another one of the same server will do."
                  .formatted(one.store.variable(), other.store.variable(), other.safeUrl()));
        }
      }
    }
  }

  private boolean isSameDatabaseAs(ExternalServer other) {
    Optional<Address> here = Address.of(url);
    Optional<Address> there = Address.of(other.url);
    return here.isPresent() && there.isPresent()
        ? here.get().isSameAs(there.get())
        : safeUrl().equals(other.safeUrl());
  }

  /** The address without anything that could be a credential. */
  public String safeUrl() {
    return settings().safeUrl();
  }

  /** As whoever connects needs it. */
  ConnectionSettings settings() {
    return new ConnectionSettings(store.key(), url, username, password, 1).with(tls);
  }

  @Override
  public String toString() {
    return store.key() + " at " + safeUrl();
  }
}
