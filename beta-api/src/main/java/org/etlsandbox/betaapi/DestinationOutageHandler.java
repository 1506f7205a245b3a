package org.etlsandbox.betaapi;

import jakarta.persistence.PersistenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers queries that the destination cannot serve now with 503 and the reason. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class DestinationOutageHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DestinationOutageHandler.class);

  private final QueryProperties query;
  private final DestinationOutages outages;

  DestinationOutageHandler(QueryProperties query, DestinationOutages outages) {
    this.query = query;
    this.outages = outages;
  }

  @ExceptionHandler({DataAccessException.class, PersistenceException.class})
  ResponseEntity<ProblemDetail> unavailable(RuntimeException failure) {
    DestinationOutage outage = outages.of(failure).orElseThrow(() -> failure);
    LOG.warn("{} (SQLState {})", outage.reason(), outage.sqlState());
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, outage.reason());
    problem.setTitle("Destination unavailable");
    problem.setProperty("destination", query.destination());
    problem.setProperty("sqlState", outage.sqlState());
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(query.healthInterval().toSeconds()))
        .body(problem);
  }
}
