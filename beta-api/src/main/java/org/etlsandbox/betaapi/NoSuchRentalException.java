package org.etlsandbox.betaapi;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The destination has no row of that rental: status 404. */
final class NoSuchRentalException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  NoSuchRentalException(String destination, long rentalId) {
    super(HttpStatus.NOT_FOUND, problem(destination, rentalId), null);
  }

  private static ProblemDetail problem(String destination, long rentalId) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.NOT_FOUND,
            "Destination '%s' has no row of rental %d: Jupiter has no such rental, none that is paid, or the row is still on its way."
                .formatted(destination, rentalId));
    problem.setTitle("No such rental");
    problem.setProperty("rentalId", rentalId);
    return problem;
  }
}
