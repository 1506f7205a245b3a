package org.etlsandbox.access;

import java.time.Instant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;

/** What a token must hold besides a good signature, an audience and times that Boot checks. */
@Configuration(proxyBeanMethods = false)
class TokenRules {

  /** Without, a lost token would be good for ever; the framework checks it only where it is. */
  @Bean
  OAuth2TokenValidator<Jwt> expiryIsThere() {
    return new JwtClaimValidator<Instant>(JwtClaimNames.EXP, expiry -> expiry != null);
  }

  /** Limits and logs are by subject. */
  @Bean
  OAuth2TokenValidator<Jwt> subjectIsThere() {
    return new JwtClaimValidator<String>(
        JwtClaimNames.SUB, subject -> subject != null && !subject.isBlank());
  }

  /** Boot checks the issuer only where it may ask it for its keys. */
  @Bean
  @ConditionalOnProperty("etl.access.issuer")
  OAuth2TokenValidator<Jwt> issuerIsTheOne(AccessProperties access) {
    return new JwtIssuerValidator(String.valueOf(access.issuer()));
  }
}
