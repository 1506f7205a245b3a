package org.etlsandbox.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.etlsandbox.stack.directory.StackProcesses;
import org.etlsandbox.stack.plan.ExternalServer;
import org.etlsandbox.stack.plan.JupiterKind;
import org.etlsandbox.stack.plan.StackOptions;
import org.etlsandbox.stack.supervisor.Supervisor;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryEventPublisherBeansApplicationListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs the stack in this JVM. Called by {@link UpCommand}, which has checked everything; the user's
 * servers are in the environment, which keeps their passwords off the command line.
 */
@Command(name = StackProcesses.SUPERVISE, hidden = true)
final class SuperviseCommand implements Callable<Integer> {

  /** Stops the stack when whoever holds the other end of standard input is gone. */
  static final String UNTIL_EOF = "--until-eof";

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--rentals", required = true)
  private long rentals;

  @Option(names = "--seed", required = true)
  private long seed;

  @Option(names = "--jupiter", required = true)
  private JupiterKind jupiter = JupiterKind.MARIADB;

  @Option(names = "--churn", required = true)
  private int churn;

  @Option(names = "--churn-deletes")
  private boolean churnDeletes;

  @Option(names = "--churn-for", required = true, paramLabel = "ISO-8601")
  private Duration churnFor = Duration.ZERO;

  @Option(names = "--processes")
  private boolean processes;

  @Option(names = "--port-base", required = true)
  private int portBase;

  @Option(names = UNTIL_EOF)
  private boolean untilEof;

  @Override
  public Integer call() throws InterruptedException {
    // why: the first use of OpenTelemetry must find it, and MySQL's driver uses it before any
    // service
    OpenTelemetryEventPublisherBeansApplicationListener.addWrapper();
    Supervisor supervisor =
        new Supervisor(
            new StackOptions(
                common.directory().root(),
                rentals,
                seed,
                jupiter,
                churn,
                churnDeletes,
                churnFor,
                processes,
                portBase,
                ExternalServer.from(System.getenv())));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopInOrder(supervisor), "stop"));
    if (untilEof) {
      Thread.ofVirtual().start(() -> stopAtEndOfInput(supervisor));
    }
    return supervisor.run();
  }

  private static void stopInOrder(Supervisor supervisor) {
    supervisor.stop();
    try {
      supervisor.awaitStopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stopAtEndOfInput(Supervisor supervisor) {
    try {
      while (System.in.read() >= 0) {
        // why: only the end says something
      }
    } catch (IOException e) {
      // why: as good as the end
    }
    supervisor.stop();
  }
}
