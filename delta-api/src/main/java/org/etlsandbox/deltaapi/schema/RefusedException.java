package org.etlsandbox.deltaapi.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A table of which no faithful definition can be given; names every column that prevents it. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Refusal> refusals;

  public RefusedException(List<Refusal> refusals) {
    super(
        refusals.stream()
            .map(one -> "Column '%s' (%s): %s".formatted(one.column(), one.type(), one.reason()))
            .collect(Collectors.joining(" ")));
    this.refusals = List.copyOf(refusals);
  }

  public List<Refusal> refusals() {
    return refusals;
  }
}
