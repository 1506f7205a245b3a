package org.etlsandbox.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JDBC URL of SQL Server, whose properties follow semicolons: {@code
 * jdbc:sqlserver://host\instance:port;name=value;name={quoted;value}}.
 *
 * <p>Here because whatever shows a URL must not show its credentials, and the adapter, the kit and
 * the local stack must understand one in the same way: as the driver reads it: names in any case,
 * blanks around names and values ignored, the last of several values holds, {@code }}} inside
 * braces is one brace.
 *
 * @param address all before the first semicolon
 * @param properties in their order, values as written
 * @see <a href="https://learn.microsoft.com/sql/connect/jdbc/building-the-connection-url">Building
 *     the connection URL</a>
 */
public record SqlServerUrl(String address, List<Property> properties) {

  // Braces that are never closed swallow the rest, so that no secret in them is taken for a
  // property
  private static final Pattern PROPERTY =
      Pattern.compile(";([^=;]*)(?:=\\s*(\\{(?:[^}]++|}})*+(?:}[^;]*|$)|[^;]*))?");

  private static final String PREFIX = "jdbc:sqlserver:";

  private static final Map<String, String> SYNONYMS =
      Map.of("database", "databasename", "server", "servername", "port", "portnumber");

  private static final String DATABASE = "databaseName";

  /** One property, its value with the braces that it was written with. */
  public record Property(String name, String value) {

    private boolean is(String wanted) {
      return canonical(name).equals(canonical(wanted));
    }

    private String plainValue() {
      if (!value.startsWith("{") || value.indexOf('}') < 0) {
        return value;
      }
      return value.substring(1, value.lastIndexOf('}')).replace("}}", "}");
    }

    private static String canonical(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      return SYNONYMS.getOrDefault(lower, lower);
    }
  }

  public SqlServerUrl {
    properties = List.copyOf(properties);
  }

  /** Whether a JDBC URL is of this form; the driver takes the prefix in lower case only. */
  public static boolean isOne(String url) {
    return url.startsWith(PREFIX);
  }

  /** Any text can be read; what is no property is ignored, as the driver does. */
  public static SqlServerUrl of(String url) {
    int end = url.indexOf(';');
    if (end < 0) {
      return new SqlServerUrl(url.strip(), List.of());
    }
    List<Property> properties = new ArrayList<>();
    Matcher property = PROPERTY.matcher(url);
    for (int from = end; property.find(from); from = property.end()) {
      String value = property.group(2);
      if (!property.group(1).isBlank() && value != null) {
        properties.add(new Property(property.group(1).strip(), value.strip()));
      }
    }
    return new SqlServerUrl(url.substring(0, end).strip(), properties);
  }

  /** The host, empty where the URL names none. */
  public String host() {
    String host = authority().split("[\\\\:]", 2)[0].strip();
    return host.isEmpty() ? property("serverName").orElse("") : host;
  }

  /** The instance's name, where the URL gives one. */
  public Optional<String> instance() {
    String[] parts = authority().split("[\\\\:]");
    return authority().contains("\\") && parts.length > 1
        ? Optional.of(parts[1].strip())
        : property("instanceName");
  }

  /** The port as written, where the URL gives one. */
  public Optional<String> port() {
    int colon = authority().lastIndexOf(':');
    return colon < 0
        ? property("portNumber")
        : Optional.of(authority().substring(colon + 1).strip());
  }

  /** The database, where the URL names one. */
  public Optional<String> database() {
    return property(DATABASE);
  }

  /** The same URL with another database; all other properties stay. */
  public SqlServerUrl withDatabase(String database) {
    String value =
        database.matches("[^{};\\s]+") ? database : "{" + database.replace("}", "}}") + "}";
    return new SqlServerUrl(
        address,
        Stream.concat(
                properties.stream().filter(property -> !property.is(DATABASE)),
                Stream.of(new Property(DATABASE, value)))
            .toList());
  }

  /**
   * The value of a property without braces; empty where it is missing or blank.
   *
   * @param name in any case, or a synonym of it
   */
  public Optional<String> property(String name) {
    return properties.stream()
        .filter(property -> property.is(name))
        .map(Property::plainValue)
        .reduce((first, last) -> last)
        .filter(value -> !value.isBlank());
  }

  /** Of {@code jdbc:product://host\instance:port} what follows the slashes. */
  private String authority() {
    int start = address.indexOf("//");
    return start < 0 ? "" : address.substring(start + 2);
  }

  /** The whole URL, with whatever credentials it holds. */
  public String url() {
    return properties.stream()
        .map(property -> ";" + property.name() + "=" + property.value())
        .collect(Collectors.joining("", address, ""));
  }

  /** The address and the database: no other property is shown, any may be a secret. */
  @Override
  public String toString() {
    return address + database().map(database -> ";" + DATABASE + "=" + database).orElse("");
  }
}
