package org.etlsandbox.stack.doctor;

import java.io.PrintStream;
import java.util.List;

/** One line a finding: severity, subject, what was seen, what to do. */
final class TextReport implements Report {

  private final PrintStream out;

  TextReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin() {}

  @Override
  public void add(Finding finding) {
    String todo = finding.todo();
    out.printf(
        "%-4s  %-20s  %s%s%n",
        finding.severity().word(),
        finding.subject(),
        finding.message(),
        todo == null ? "" : "; " + todo);
  }

  @Override
  public void end(List<Finding> all) {
    out.printf(
        "%d ok, %d warn, %d fail%n",
        count(all, Severity.OK), count(all, Severity.WARN), count(all, Severity.FAIL));
  }

  private static long count(List<Finding> all, Severity severity) {
    return all.stream().filter(finding -> finding.severity() == severity).count();
  }
}
