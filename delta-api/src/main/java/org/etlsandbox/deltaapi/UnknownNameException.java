package org.etlsandbox.deltaapi;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A part of the path that names nothing: status 404, naming what there is. */
final class UnknownNameException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  /** So many are named; the list of the source has them all. */
  static final int NAMED = 20;

  private static final int LONGEST_ECHO = 100;

  /**
   * @param what {@code source}, {@code schema} or {@code table}
   * @param known what there is; one more than {@link #NAMED} says that there are more
   */
  UnknownNameException(String what, String name, String where, List<String> known) {
    super(HttpStatus.NOT_FOUND, problem(what, shortened(name), where, known), null);
  }

  private static ProblemDetail problem(String what, String name, String where, List<String> known) {
    List<String> named = known.subList(0, Math.min(NAMED, known.size()));
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.NOT_FOUND,
            "%s has no %s '%s'. It has: %s%s."
                .formatted(
                    where,
                    what,
                    name,
                    named.isEmpty() ? "none" : String.join(", ", named),
                    known.size() > NAMED ? ", …" : ""));
    problem.setTitle("Unknown " + what);
    problem.setProperty(what, name);
    problem.setProperty("known", named);
    return problem;
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_ECHO ? name : name.substring(0, LONGEST_ECHO) + "…";
  }
}
