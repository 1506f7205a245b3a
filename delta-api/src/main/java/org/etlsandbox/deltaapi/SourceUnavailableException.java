package org.etlsandbox.deltaapi;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A source that cannot tell its schema now: status 503, naming it and the reason. */
final class SourceUnavailableException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  private static final String RETRY_SECONDS = "10";

  private final String reason;

  /**
   * @param reason a sentence for whoever called, without address or credentials
   * @param sqlState what the driver or the server said
   */
  SourceUnavailableException(
      String source, String reason, @Nullable String sqlState, @Nullable Throwable cause) {
    super(HttpStatus.SERVICE_UNAVAILABLE, problem(source, reason, sqlState), cause);
    this.reason = reason;
    getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
  }

  private static ProblemDetail problem(String source, String reason, @Nullable String sqlState) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, reason);
    problem.setTitle("Source unavailable");
    problem.setProperty("source", source);
    problem.setProperty("sqlState", sqlState);
    return problem;
  }

  String reason() {
    return reason;
  }
}
