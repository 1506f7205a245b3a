package org.etlsandbox.stack.doctor;

import java.util.Collection;
import java.util.Locale;

/** How bad a {@link Finding} is; later constants are worse. */
enum Severity {
  OK(0),
  /** Works, but slower, later or without some part. */
  WARN(3),
  /** {@code ./etl up} cannot work like this. */
  FAIL(1);

  private final int exitCode;

  Severity(int exitCode) {
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worst severity among {@code findings}; {@link #OK} when there are none. */
  static Severity worstOf(Collection<Finding> findings) {
    return findings.stream()
        .map(Finding::severity)
        .reduce(OK, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }
}
