package org.etlsandbox.access;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call a service, besides what Spring Boot's own {@code
 * spring.security.oauth2.resourceserver.jwt.*} say about tokens.
 *
 * @param issuer the issuer that tokens must name, where a public key is configured instead of an
 *     issuer that can be asked; not set: any
 * @param scrapeToken bearer secret that opens the meters and nothing else; not set: only an
 *     administrator's token does
 * @param requestsPerMinute of one subject; as many without an accepted token of one address; 0: no
 *     limit
 * @param corsOrigins pages that may call the service from a browser, {@code https://host}; none:
 *     browsers refuse all
 */
@Validated
@ConfigurationProperties("etl.access")
record AccessProperties(
    @Nullable String issuer,
    @Nullable String scrapeToken,
    @DefaultValue("600") @Min(0) @Max(1_000_000) int requestsPerMinute,
    @DefaultValue List<@Pattern(regexp = ORIGIN, message = ORIGIN_MESSAGE) String> corsOrigins) {

  private static final String ORIGIN = "https?://[^/\\s]+";
  private static final String ORIGIN_MESSAGE =
      "must be an origin, https://host or https://host:port, without a path";

  /** Shorter ones can be guessed. */
  private static final int SHORTEST_SECRET = 16;

  // why: a constraint on the secret itself would have it printed when it does not hold
  @AssertTrue(message = "etl.access.scrape-token must have 16 characters or more")
  boolean isScrapeTokenLongEnough() {
    return scrapeToken == null || scrapeToken.isEmpty() || scrapeToken.length() >= SHORTEST_SECRET;
  }

  @Override
  public String toString() {
    return "AccessProperties[issuer=%s, requestsPerMinute=%d, corsOrigins=%s]"
        .formatted(issuer, requestsPerMinute, corsOrigins);
  }
}
