package org.etlsandbox.soak;

import org.etlsandbox.soak.commits.CommitsCommand;
import org.etlsandbox.soak.crash.CrashCommand;
import org.etlsandbox.soak.crash.ReplicasCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./etl soak} hands over to. */
@Command(
    name = "etl soak",
    mixinStandardHelpOptions = true,
    subcommands = {CommitsCommand.class, CrashCommand.class, ReplicasCommand.class})
public final class Main implements Runnable {

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.err);
  }
}
