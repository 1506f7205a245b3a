package org.etlsandbox.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a JDBC URL: {@code ?name=value&…}, and {@code (name=value)} of one host, as
 * MySQL's driver takes it. Names in any case, the last value holds.
 */
public final class UrlParameters {

  private static final Pattern PARAMETER =
      Pattern.compile("[?&(,]\\s*([A-Za-z_.]+)\\s*=\\s*([^&),]*)");

  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** Any text can be read; what is no parameter is ignored. */
  public UrlParameters(String url) {
    for (Matcher parameter = PARAMETER.matcher(url); parameter.find(); ) {
      values.put(parameter.group(1), decoded(parameter.group(2).strip()));
    }
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value; // a lone percent sign: the driver takes it as it is, or refuses it
    }
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether one of them is given. */
  public boolean hasAny(Collection<String> names) {
    return names.stream().anyMatch(values::containsKey);
  }

  /** {@code name=value} where the value is given and none of those that are enough. */
  public Optional<String> lessThan(String name, Collection<String> enough) {
    return get(name)
        .filter(value -> enough.stream().noneMatch(value::equalsIgnoreCase))
        .map(value -> name + "=" + value);
  }
}
