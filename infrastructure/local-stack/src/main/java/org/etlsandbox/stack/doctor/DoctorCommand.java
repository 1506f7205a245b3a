package org.etlsandbox.stack.doctor;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code ./etl doctor}: checks this machine, with {@code JUPITER_URL} Jupiter, and whether other
 * servers of the user's let us in; changes nothing in any of them.
 */
public final class DoctorCommand {

  private static final int USAGE = 2;

  private DoctorCommand() {}

  /**
   * Runs all checks and prints one line each, or a JSON array with {@code --json}.
   *
   * @param args what follows {@code doctor} on the command line
   * @return the exit code: 0 all well, 3 warnings, 1 failures, 2 wrong usage
   */
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    Path home = Path.of(System.getProperty("etl.home", ".")).toAbsolutePath().normalize();
    Path cache =
        Path.of(
            System.getProperty(
                "etl.cache", System.getProperty("user.home") + "/.cache/etl-sandbox"));
    return run(args, System.getenv(), home, cache, out, err);
  }

  static int run(
      List<String> args,
      Map<String, String> environment,
      Path home,
      Path cache,
      PrintStream out,
      PrintStream err) {
    DoctorOptions options;
    try {
      options = DoctorOptions.parse(args, home.resolve(".etl"));
    } catch (DoctorOptions.UsageException e) {
      err.println("etl: " + e.getMessage());
      return USAGE;
    }
    List<Check> checks =
        List.of(
            new ToolChecks(),
            new DiskCheck(options.dataDir(), cache),
            new PortCheck(options.portBase()),
            new EngineChecks(environment, cache),
            new JupiterChecks(environment),
            new ServerChecks(environment));
    Report report = options.json() ? new JsonReport(out) : new TextReport(out);
    List<Finding> findings = new ArrayList<>();
    report.begin();
    for (Check check : checks) {
      for (Finding finding : check.run()) {
        findings.add(finding);
        report.add(finding);
      }
    }
    report.end(findings);
    return Severity.worstOf(findings).exitCode();
  }
}
