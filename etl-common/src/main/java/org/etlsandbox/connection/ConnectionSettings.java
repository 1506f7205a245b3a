package org.etlsandbox.connection;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who we are there.
 *
 * @param name what the database is called in messages: {@code jupiter}, {@code neptune}, …
 * @param url a JDBC URL; its prefix chooses the adapter
 * @param maxConnections upper bound of the pool, 1 or more
 * @param statementTimeout a statement that takes longer is broken off, and a server that says
 *     nothing for {@link #answerTimeout} counts as unreachable; whole seconds, 1 or more
 * @param tls whether connections are encrypted and the server verified
 * @param watch sees the statements, null where nobody does
 * @param meters counts the pool's connections, null where nobody does
 */
public record ConnectionSettings(
    String name,
    String url,
    String username,
    String password,
    int maxConnections,
    Duration statementTimeout,
    DatabaseTls tls,
    @Nullable StatementWatch watch,
    @Nullable MetricsTrackerFactory meters) {

  /** Every statement is about one scope, or one scan of keys or counts. */
  public static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  /** A twelfth longer, so that it is the server that ends a statement and says what it did. */
  private static final int MARGIN = 12;

  private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/?]*@");
  private static final Pattern PARAMETERS = Pattern.compile("[?;].*", Pattern.DOTALL);

  public ConnectionSettings {
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "%s: max-connections must be at least 1, got %d".formatted(name, maxConnections));
    }
  }

  /** Without anybody who watches. */
  public ConnectionSettings(
      String name,
      String url,
      String username,
      String password,
      int maxConnections,
      Duration statementTimeout,
      DatabaseTls tls) {
    this(name, url, username, password, maxConnections, statementTimeout, tls, null, null);
  }

  /** Encrypted and verified, with the authorities of the JVM. */
  public ConnectionSettings(
      String name, String url, String username, String password, int maxConnections) {
    this(name, url, username, password, maxConnections, STATEMENT_TIMEOUT, DatabaseTls.VERIFY);
  }

  /** The same with another say on encryption. */
  public ConnectionSettings with(DatabaseTls other) {
    return new ConnectionSettings(
        name, url, username, password, maxConnections, statementTimeout, other, watch, meters);
  }

  /** The same, with somebody who sees the statements. */
  public ConnectionSettings watchedBy(@Nullable StatementWatch other) {
    return new ConnectionSettings(
        name, url, username, password, maxConnections, statementTimeout, tls, other, meters);
  }

  /** The same, with somebody who counts the pool's connections. */
  public ConnectionSettings countedBy(@Nullable MetricsTrackerFactory other) {
    return new ConnectionSettings(
        name, url, username, password, maxConnections, statementTimeout, tls, watch, other);
  }

  /** The same, where no statement needs longer than that. */
  public ConnectionSettings withStatementsUpTo(Duration longest) {
    return longest.compareTo(statementTimeout) >= 0
        ? this
        : new ConnectionSettings(
            name, url, username, password, maxConnections, longest, tls, watch, meters);
  }

  /** How long a socket may be silent while an answer is waited for. */
  public Duration answerTimeout() {
    return statementTimeout.plusSeconds(Math.max(1, statementTimeout.toSeconds() / MARGIN));
  }

  /**
   * The driver's properties for {@link #tls}: whoever connects hands them over. {@link
   * ConnectionPool} does so by itself.
   *
   * @throws org.etlsandbox.failure.StoreException of kind {@code PERMANENT} when the URL asks for
   *     less
   */
  public Map<String, String> tlsProperties() {
    return tls.driverProperties(name, safeUrl(), url);
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
