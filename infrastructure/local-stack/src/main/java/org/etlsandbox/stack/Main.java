package org.etlsandbox.stack;

import java.util.Arrays;
import java.util.List;
import org.etlsandbox.stack.directory.StackProcesses;
import org.etlsandbox.stack.doctor.DoctorCommand;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.view.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What {@code ./etl} hands over to. */
@Command(
    name = "etl",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      EndpointsCommand.class,
      TokenCommand.class,
      PingCommand.class,
      SuperviseCommand.class
    })
public final class Main implements Runnable {

  private static final String DEBUG = "--debug";

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs one command.
   *
   * @return its exit code: 2 for wrong usage, 1 for a failure, otherwise as each command says
   */
  static int run(String... args) {
    Logs.set(args.length > 0 && args[0].equals(StackProcesses.SUPERVISE));
    if (args.length > 0 && args[0].equals("doctor")) {
      List<String> rest = Arrays.asList(args).subList(1, args.length);
      return DoctorCommand.run(rest, System.out, System.err);
    }
    boolean debug = Arrays.asList(args).contains(DEBUG);
    return new CommandLine(new Main())
        .setParameterExceptionHandler((e, given) -> explain(e, debug))
        .setExecutionExceptionHandler((e, command, parsed) -> explain(e, parsed, debug))
        .execute(args);
  }

  private static int explain(ParameterException e, boolean debug) {
    String command = e.getCommandLine().getCommandName();
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched)
            : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    print("%s: %s; './etl help' lists what there is.".formatted(command, message), e, debug);
    return StackFailure.USAGE;
  }

  private static String unknown(UnmatchedArgumentException e) {
    // why: what follows an unknown option is unknown as well, but not worth a word
    String first = e.getUnmatched().getFirst();
    String message =
        "there is no %s '%s'".formatted(first.startsWith("-") ? "option" : "argument", first);
    List<String> suggestions = e.getSuggestions();
    return suggestions.isEmpty()
        ? message
        : "%s (did you mean '%s'?)".formatted(message, suggestions.getFirst());
  }

  private static int explain(Exception e, ParseResult parsed, boolean debug) {
    if (e instanceof StackFailure failure) {
      print(failure.getMessage(), e, debug);
      return failure.exitCode();
    }
    print(
        "%s failed: %s (add %s to see where)."
            .formatted(
                parsed.subcommand() == null ? "etl" : parsed.subcommand().commandSpec().name(),
                e,
                DEBUG),
        e,
        debug);
    return StackFailure.FAILED;
  }

  private static void print(String message, Exception e, boolean debug) {
    Terminal terminal = Terminal.standardError();
    message.lines().forEach(line -> terminal.out().println(terminal.red("etl:") + " " + line));
    if (debug) {
      e.printStackTrace(terminal.out());
    }
  }

  @Override
  public void run() {
    throw StackFailure.usage("No command given: './etl help' lists them.");
  }
}
