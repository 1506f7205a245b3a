package org.etlsandbox.stack.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What serves as Jupiter. */
public enum JupiterKind {
  MARIADB,
  MYSQL,
  /** A server of the user's, named by JUPITER_URL. */
  EXTERNAL;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The embedded kind of that name. */
  public static JupiterKind embedded(String key) {
    return Arrays.stream(values())
        .filter(kind -> kind != EXTERNAL && kind.key().equals(key.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            StackFailure.usage(
                "--jupiter is '%s', but must be one of %s."
                    .formatted(
                        key,
                        Arrays.stream(values())
                            .filter(kind -> kind != EXTERNAL)
                            .map(JupiterKind::key)
                            .collect(Collectors.joining(", ")))));
  }

  /** In a sentence: {@code the embedded MariaDB}. */
  public String inWords() {
    return switch (this) {
      case MARIADB -> "the embedded MariaDB";
      case MYSQL -> "the embedded MySQL";
      case EXTERNAL -> "the server of JUPITER_URL";
    };
  }
}
