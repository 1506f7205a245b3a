package org.etlsandbox.service;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request parameter that cannot be served: status 400, naming parameter and value. */
public final class InvalidParameterException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  /** Longer values are cut in the answer: it shall name what was wrong, not repeat a megabyte. */
  private static final int LONGEST_ECHO = 100;

  /**
   * @param parameter name of the parameter
   * @param value what it was, or null where it was missing
   * @param expected what it must be, completing "Parameter 'x' must …"
   */
  public InvalidParameterException(String parameter, @Nullable String value, String expected) {
    super(HttpStatus.BAD_REQUEST, problem(parameter, shortened(value), expected), null);
  }

  private static ProblemDetail problem(String parameter, @Nullable String value, String expected) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.BAD_REQUEST,
            "Parameter '%s' must %s, but %s."
                .formatted(
                    parameter, expected, value == null ? "is missing" : "is '" + value + "'"));
    problem.setTitle("Invalid parameter");
    problem.setProperty("parameter", parameter);
    problem.setProperty("value", value);
    return problem;
  }

  private static @Nullable String shortened(@Nullable String value) {
    return value == null || value.length() <= LONGEST_ECHO
        ? value
        : value.substring(0, LONGEST_ECHO) + "…";
  }
}
