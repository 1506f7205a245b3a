package org.etlsandbox.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the access log who the caller is: outside of security nobody knows. */
final class SubjectFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Principal subject = request.getUserPrincipal();
    if (subject != null) {
      AccessLog.subject(request, subject.getName());
    }
    chain.doFilter(request, response);
  }
}
