package org.etlsandbox.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Accepts the bearer secret of whoever scrapes the meters; leaves all other tokens to others. */
final class ScrapeTokenProvider implements AuthenticationProvider {

  private static final String SUBJECT = "scraper";

  private final byte[] digest;

  ScrapeTokenProvider(String secret) {
    this.digest = digest(secret);
  }

  @Override
  public @Nullable Authentication authenticate(Authentication presented) {
    String token = ((BearerTokenAuthenticationToken) presented).getToken();
    // Digests have one length: neither it nor the first difference can be measured
    if (!MessageDigest.isEqual(digest, digest(token))) {
      return null;
    }
    return UsernamePasswordAuthenticationToken.authenticated(
        SUBJECT, null, List.of(new SimpleGrantedAuthority(Role.SCRAPE.authority())));
  }

  @Override
  public boolean supports(Class<?> presented) {
    return BearerTokenAuthenticationToken.class.isAssignableFrom(presented);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
