package org.etlsandbox.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has every change through the management port recorded: the level of a logger, for example. */
final class StateChangeFilter extends OncePerRequestFilter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final int FIRST_ERROR = 400;

  private final AuditTrail audit;

  StateChangeFilter(AuditTrail audit) {
    this.audit = audit;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (!SAFE.contains(request.getMethod()) && response.getStatus() < FIRST_ERROR) {
      audit.stateChanged(request);
    }
  }
}
