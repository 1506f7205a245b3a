package org.etlsandbox.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** Limits the requests of a subject, whatever addresses they come from. */
final class SubjectLimitFilter extends RateLimitFilter {

  private final RateLimit ofAddresses;

  SubjectLimitFilter(RateLimit limit, RateLimit ofAddresses) {
    super(limit);
    this.ofAddresses = ofAddresses;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Principal subject = request.getUserPrincipal();
    if (subject != null) {
      ofAddresses.of(ClientAddress.of(request)).addTokens(1);
      if (isTooMany(
          request, response, subject.getName(), "of '" + LogText.of(subject.getName()) + "'")) {
        return;
      }
    }
    chain.doFilter(request, response);
  }
}
