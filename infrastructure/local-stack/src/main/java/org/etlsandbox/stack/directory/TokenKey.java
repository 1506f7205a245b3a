package org.etlsandbox.stack.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.etlsandbox.access.TokenIssuer;
import org.etlsandbox.stack.plan.StackFailure;

/**
 * The key that signs the tokens of a stack: made once per data directory. The services are given
 * the public half.
 */
public final class TokenKey {

  /** What the tokens name as their issuer. */
  public static final String ISSUER = "etl-local";

  private static final String PRIVATE = "token-key.pem";
  private static final String PUBLIC = "token-key.pub.pem";

  private TokenKey() {}

  /**
   * Makes the key if there is none yet.
   *
   * @return the file of the public half
   */
  public static Path ensure(DataDirectory directory) {
    Path file = directory.root().resolve(PUBLIC);
    TokenIssuer tokens =
        read(directory)
            .orElseGet(() -> {
              TokenIssuer made = TokenIssuer.create(ISSUER);
              PrivateFile.write(directory.root().resolve(PRIVATE), made.privateKey());
              return made;
            });
    if (!Files.exists(file)) {
      PrivateFile.write(file, tokens.publicKey());
    }
    return file;
  }

  /** Signs tokens for a stack; empty if it was never started. */
  public static Optional<TokenIssuer> read(DataDirectory directory) {
    Path file = directory.root().resolve(PRIVATE);
    try {
      return PrivateFile.read(file).map(key -> TokenIssuer.of(ISSUER, key));
    } catch (IllegalArgumentException e) {
      throw StackFailure.failed(
          "%s is damaged (%s): delete it, then ./etl down and ./etl up make another one."
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
