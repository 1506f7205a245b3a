package org.etlsandbox.stack.doctor;

import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.stack.plan.ExternalServer;

/** Where Jupiter is and who we are there, from the environment. */
final class JupiterAddress {

  private static final Pattern HOST_AND_DATABASE =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d+)?(/[^/?]*)?");

  private static final String CONNECT_TIMEOUT_MS = "5000";
  private static final String READ_TIMEOUT_MS = "30000";

  private final String url;
  private final String username;
  private final String password;
  private final DatabaseTls tls;

  JupiterAddress(Map<String, String> environment) {
    this.url = environment.getOrDefault("JUPITER_URL", "").strip();
    this.username = environment.getOrDefault("JUPITER_USERNAME", "");
    this.password = environment.getOrDefault("JUPITER_PASSWORD", "");
    this.tls = ExternalServer.tls(url, environment);
  }

  boolean isGiven() {
    return !url.isEmpty();
  }

  String url() {
    return url;
  }

  /** What stands before the {@code //}, e.g. {@code jdbc:mysql:}. */
  String prefix() {
    int slashes = url.indexOf("//");
    return slashes < 0 ? "" : url.substring(0, slashes);
  }

  ConnectionSettings settings() {
    return new ConnectionSettings("jupiter", url, username, password, 1).with(tls);
  }

  /** Credentials, timeouts and TLS, as connection properties. */
  Properties properties() {
    Properties properties = new Properties();
    properties.putAll(settings().tlsProperties());
    if (!username.isEmpty()) {
      properties.setProperty("user", username);
    }
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_MS);
    properties.setProperty("socketTimeout", READ_TIMEOUT_MS);
    return properties;
  }

  /** Says which of the credentials were given, never what the password is. */
  String credentials() {
    return "JUPITER_USERNAME is "
        + (username.isEmpty() ? "not set" : "'" + username + "'")
        + ", JUPITER_PASSWORD is "
        + (password.isEmpty() ? "not set" : "set");
  }

  /** Host, port and database without user, password and parameters; fit to be printed. */
  @Override
  public String toString() {
    int slashes = url.indexOf("//");
    int question = url.indexOf('?');
    // An @ behind the ? may belong to a password with a ? in it: then nothing is safe to show
    if (slashes >= 0 && (question < 0 || url.indexOf('@', question) < 0)) {
      String rest = url.substring(slashes + 2, question < 0 ? url.length() : question);
      Matcher shown = HOST_AND_DATABASE.matcher(rest.substring(rest.lastIndexOf('@') + 1));
      if (shown.matches()) {
        return shown.group();
      }
    }
    return "the server of JUPITER_URL";
  }
}
