package org.etlsandbox.access;

import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a caller's requests through as long as there are not too many of them. */
abstract class RateLimitFilter extends OncePerRequestFilter {

  private final RateLimit limit;

  RateLimitFilter(RateLimit limit) {
    this.limit = limit;
  }

  RateLimit limit() {
    return limit;
  }

  /** Whether this request is one too many; then it has been answered. */
  boolean isTooMany(
      HttpServletRequest request, HttpServletResponse response, String caller, String whose)
      throws IOException {
    ConsumptionProbe probe = limit.of(caller).tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return false;
    }
    long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds();
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
    Problem.answer(
        request,
        response,
        HttpStatus.TOO_MANY_REQUESTS,
        "More than %d requests a minute %s: try again in %d s."
            .formatted(limit.perMinute(), whose, Math.max(1, seconds)));
    return true;
  }
}
