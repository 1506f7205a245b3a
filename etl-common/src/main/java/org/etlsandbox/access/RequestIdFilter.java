package org.etlsandbox.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers with the id of the request, and puts it into the logging context of all that it does. */
final class RequestIdFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id = RequestId.of(request);
    response.setHeader(RequestId.HEADER, id);
    MDC.put(RequestId.NAME, id);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(RequestId.NAME);
    }
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false; // another thread, whose logging context is empty
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }
}
