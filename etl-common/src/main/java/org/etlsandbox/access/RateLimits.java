package org.etlsandbox.access;

import io.github.bucket4j.TimeMeter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** The limits of one service, on both of its ports together. */
final class RateLimits {

  private final boolean unlimited;
  private final RateLimit ofSubjects;
  private final RateLimit ofAddresses;

  /**
   * @param perMinute 0: no limit
   */
  RateLimits(int perMinute, TimeMeter clock) {
    this.unlimited = perMinute == 0;
    this.ofSubjects = new RateLimit(perMinute, clock);
    this.ofAddresses = new RateLimit(perMinute, clock);
  }

  /** Adds the filters: addresses before a token is looked at, subjects once they are known. */
  void addTo(HttpSecurity http) {
    if (!unlimited) {
      http.addFilterBefore(
          new AddressLimitFilter(ofAddresses), BearerTokenAuthenticationFilter.class);
      http.addFilterBefore(
          new SubjectLimitFilter(ofSubjects, ofAddresses), AuthorizationFilter.class);
    }
  }
}
