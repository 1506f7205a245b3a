package org.etlsandbox.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Spring's rules for other origins; who is refused gets a problem instead of plain text. */
final class CorsRefusals extends DefaultCorsProcessor {

  @Override
  public boolean processRequest(
      @Nullable CorsConfiguration allowed, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (super.processRequest(allowed, request, response)) {
      return true;
    }
    Problem.answer(
        request,
        response,
        HttpStatus.FORBIDDEN,
        "Pages of this origin may not make this call: see etl.access.cors-origins.");
    return false;
  }

  @Override
  protected void rejectRequest(ServerHttpResponse response) {
    // The problem is written once it is known that the request is refused
  }
}
