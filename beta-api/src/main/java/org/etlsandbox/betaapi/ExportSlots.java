package org.etlsandbox.betaapi;

import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** As many exports as may run at the same time: each keeps a connection for as long as it takes. */
@Component
class ExportSlots {

  private static final String RETRY_SECONDS = "10";

  private final int most;
  private final Semaphore free;

  ExportSlots(QueryProperties query) {
    this.most = query.exports();
    this.free = new Semaphore(most);
  }

  /** A slot that has been taken; closing gives it back. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a slot.
   *
   * @throws ErrorResponseException with status 503 where none is free
   */
  Slot take() {
    if (!free.tryAcquire()) {
      throw busy();
    }
    return free::release;
  }

  private ErrorResponseException busy() {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.SERVICE_UNAVAILABLE,
            "%d exports run already, and no more may (etl.query.max-exports). Try again when one has ended."
                .formatted(most));
    problem.setTitle("Too many exports");
    ErrorResponseException refusal =
        new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, null);
    refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    return refusal;
  }
}
