package org.etlsandbox.service;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every failure of a handler as problem+json (RFC 9457). Advices of a service come first.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemHandler extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

  /**
   * As problem+json whatever the request accepts: an {@code Accept} that cannot be read is one of
   * the failures.
   */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpHeaders all = new HttpHeaders();
    all.addAll(headers);
    all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return super.handleExceptionInternal(failure, body, all, status, request);
  }

  /** Tomcat reads the query when it is first asked for, and then finds that it cannot. */
  @ExceptionHandler
  ProblemDetail unreadable(InvalidParameterException failure) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.BAD_REQUEST,
        "The query cannot be read: names and values must be UTF-8, percent-encoded, and not too many.");
  }

  @ExceptionHandler(Exception.class)
  @Nullable ProblemDetail unexpected(
      Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      return null;
    }
    if (response.isCommitted()) {
      // The answer has begun, words would be taken for data: the server logs the failure, and
      // closes the connection before the end of the body, so that the client notices
      throw failure;
    }
    LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "The service failed on this request. Its log says why; repeating will hardly help.");
  }
}
