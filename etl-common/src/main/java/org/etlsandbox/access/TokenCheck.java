package org.etlsandbox.access;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Decides whether a token is accepted, and whose it is. */
final class TokenCheck {

  private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);

  private final JwtAuthenticationProvider tokens;
  private final @Nullable String scrapeToken;

  /**
   * @param decoder null where no issuer is configured: then no token is accepted
   */
  TokenCheck(
      @Nullable JwtDecoder decoder,
      JwtAuthenticationConverter converter,
      @Nullable String scrapeToken) {
    if (decoder == null) {
      LOG.warn(
          "No issuer of tokens is configured, so every request is refused but the health probes."
              + " Set spring.security.oauth2.resourceserver.jwt.issuer-uri, .jwk-set-uri or"
              + " .public-key-location (docs/security.md).");
    }
    this.tokens =
        new JwtAuthenticationProvider(decoder == null ? TokenCheck::nobody : failing(decoder));
    this.tokens.setJwtAuthenticationConverter(converter);
    this.scrapeToken = scrapeToken == null || scrapeToken.isEmpty() ? null : scrapeToken;
  }

  // why: what a decoder throws that cannot reach its issuer's document is no failure to check a
  // token in the eyes of Spring Security, but an error of the service
  private static JwtDecoder failing(JwtDecoder decoder) {
    return token -> {
      try {
        return decoder.decode(token);
      } catch (JwtDecoderInitializationException e) {
        throw new JwtException("the issuer's document cannot be had", e);
      }
    };
  }

  private static Jwt nobody(String token) {
    throw new BadJwtException("no issuer of tokens is configured here");
  }

  /** For the service's own port: tokens of the issuer. */
  AuthenticationManager forService() {
    return new ProviderManager(tokens);
  }

  /** For the management port: the scrape token as well. */
  AuthenticationManager forManagement() {
    return scrapeToken == null
        ? forService()
        : new ProviderManager(new ScrapeTokenProvider(scrapeToken), tokens);
  }
}
