package org.etlsandbox.connection;

import java.util.regex.Pattern;

/**
 * Where a database is and who we are there.
 *
 * @param name what the database is called in messages: {@code jupiter}, {@code neptune}, …
 * @param url a JDBC URL; its prefix chooses the adapter
 * @param maxConnections upper bound of the pool, 1 or more
 */
public record ConnectionSettings(
    String name, String url, String username, String password, int maxConnections) {

  // User info before the host, and any parameter that may be a secret, in whatever case
  private static final Pattern SECRETS =
      Pattern.compile(
          "(?i)(?<=//)[^/@?]*@|(?<=[?&;])[^=&;]*(?:password|pwd|secret|token|key)[^=&;]*=[^&;]*");

  public ConnectionSettings {
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "%s: max-connections must be at least 1, got %d".formatted(name, maxConnections));
    }
  }

  /** The address without anything that could be a credential, for messages. */
  public String safeUrl() {
    String hidden = SECRETS.matcher(url).replaceAll("");
    int query = hidden.indexOf('?');
    return query < 0 ? hidden : hidden.substring(0, query);
  }

  @Override
  public String toString() {
    return name + " at " + safeUrl();
  }
}
