package org.etlsandbox.deltaapi;

import org.etlsandbox.deltaapi.schema.Refusal;
import org.etlsandbox.deltaapi.schema.RefusedException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers for tables that cannot be written down faithfully: 422, naming columns and types. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class RefusedTableHandler {

  @ExceptionHandler
  ProblemDetail refused(RefusedException failure) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(failure.getMessage()));
    problem.setTitle("No faithful definition");
    Refusal first = failure.refusals().getFirst();
    problem.setProperty("column", first.column());
    problem.setProperty("type", first.type());
    problem.setProperty("refused", failure.refusals());
    return problem;
  }
}
