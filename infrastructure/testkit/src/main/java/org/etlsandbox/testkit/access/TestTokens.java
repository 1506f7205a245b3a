package org.etlsandbox.testkit.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.etlsandbox.access.TokenIssuer;

/** Tokens that a service under test accepts, signed with a key that only this JVM has. */
public final class TestTokens {

  /** Who the tokens say they are from. */
  public static final String ISSUER = "etl-test";

  /** Whom the tokens are for. */
  public static final String SUBJECT = "tester";

  /** Opens the meters, and nothing else. */
  public static final String SCRAPE_TOKEN = UUID.randomUUID().toString();

  private static final TokenIssuer TOKENS = TokenIssuer.create(ISSUER);
  private static final Path PUBLIC_KEY = publicKeyFile();
  private static final Duration LIFE = Duration.ofHours(12);

  private TestTokens() {}

  private static Path publicKeyFile() {
    try {
      Path file = Files.createTempFile("etl-test-", ".pem");
      file.toFile().deleteOnExit();
      return Files.writeString(file, TOKENS.publicKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spring properties that make a service accept these tokens, as many as are sent. */
  public static Map<String, String> properties() {
    return Map.of(
        "spring.security.oauth2.resourceserver.jwt.public-key-location",
        PUBLIC_KEY.toUri().toString(),
        "etl.access.issuer",
        ISSUER,
        "etl.access.scrape-token",
        SCRAPE_TOKEN,
        "etl.access.requests-per-minute",
        "0");
  }

  /** The same as arguments of a service, followed by others. */
  public static String[] arguments(String... others) {
    return Stream.concat(
            properties().entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue()),
            Stream.of(others))
        .toArray(String[]::new);
  }

  /** The value of the header {@code Authorization} with a token that has these roles. */
  public static String bearer(String... roles) {
    return "Bearer " + token(Instant.now().plus(LIFE), roles);
  }

  /** A token that has these roles, good until then. */
  public static String token(Instant expires, String... roles) {
    return TOKENS.issue(SUBJECT, List.of(roles), expires);
  }

  /** Who signs them. */
  public static TokenIssuer issuer() {
    return TOKENS;
  }
}
