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

  private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/?]*@");
  private static final Pattern PARAMETERS = Pattern.compile("[?;].*", Pattern.DOTALL);

  public ConnectionSettings {
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "%s: max-connections must be at least 1, got %d".formatted(name, maxConnections));
    }
  }

  /** The address without anything that could be a credential, for messages. */
  public String safeUrl() {
    return SqlServerUrl.isOne(url)
        ? SqlServerUrl.of(url).toString()
        : PARAMETERS.matcher(USER_INFO.matcher(url).replaceAll("")).replaceAll("");
  }

  @Override
  public String toString() {
    return name + " at " + safeUrl();
  }
}
