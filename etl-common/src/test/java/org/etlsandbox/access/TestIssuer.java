package org.etlsandbox.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Tokens for the tests of this module, which the test kit depends on. */
public final class TestIssuer {

  static final String NAME = "here";
  static final TokenIssuer TOKENS = TokenIssuer.create(NAME);
  private static final Path PUBLIC_KEY = publicKeyFile();

  private TestIssuer() {}

  private static Path publicKeyFile() {
    try {
      Path file = Files.createTempFile("etl-test-", ".pem");
      file.toFile().deleteOnExit();
      return Files.writeString(file, TOKENS.publicKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Arguments of a service that accepts the tokens, followed by others. */
  public static String[] arguments(String... others) {
    return Stream.concat(
            Stream.of(
                "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                    + PUBLIC_KEY.toUri(),
                "--etl.access.issuer=" + NAME),
            Stream.of(others))
        .toArray(String[]::new);
  }

  /** For the header {@code Authorization}. */
  public static String bearer(String... roles) {
    return bearerOf("ann", roles);
  }

  static String bearerOf(String subject, String... roles) {
    return "Bearer " + TOKENS.issue(subject, List.of(roles), Instant.now().plusSeconds(600));
  }
}
