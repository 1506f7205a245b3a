package org.etlsandbox.access;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The value of WWW-Authenticate (RFC 6750, section 3). */
final class Challenge {

  /** What its values may consist of, and nothing else. */
  private static final Pattern OTHERS = Pattern.compile("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]");

  private static final int LONGEST = 200;

  private final List<String> attributes = new ArrayList<>();

  Challenge with(String name, String value) {
    String clean = OTHERS.matcher(value).replaceAll("'");
    attributes.add(
        "%s=\"%s\"".formatted(name, clean.substring(0, Math.min(clean.length(), LONGEST))));
    return this;
  }

  @Override
  public String toString() {
    return attributes.isEmpty() ? "Bearer" : "Bearer " + String.join(", ", attributes);
  }
}
