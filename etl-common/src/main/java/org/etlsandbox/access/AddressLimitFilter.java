package org.etlsandbox.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Limits the requests of an address that no accepted token comes with, so that tokens cannot be
 * tried out quickly. Stands before the token is looked at; what was accepted is given back by
 * {@link SubjectLimitFilter}.
 */
final class AddressLimitFilter extends RateLimitFilter {

  AddressLimitFilter(RateLimit limit) {
    super(limit);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!isTooMany(
        request,
        response,
        ClientAddress.of(request),
        "without an accepted token from your address")) {
      chain.doFilter(request, response);
    }
  }
}
