package org.etlsandbox.stack;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.StackRecord;
import org.etlsandbox.stack.plan.Agreement;
import org.etlsandbox.stack.plan.ServerCheck;
import org.etlsandbox.stack.plan.ServicePorts;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.StackOptions;
import org.etlsandbox.stack.plan.UpRequest;
import org.etlsandbox.stack.state.ShellAccess;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StateFile;
import org.etlsandbox.stack.view.Terminal;

/** What {@code up} does around the start of a supervisor: all that can fail early fails here. */
final class Preparation {

  private static final Duration FIRST_WORD_PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 50;

  private final DataDirectory directory;
  private final ShellAccess shell;
  private final Terminal progress;

  Preparation(DataDirectory directory, ShellAccess shell, Terminal progress) {
    this.directory = directory;
    this.shell = shell;
    this.progress = progress;
  }

  /** Checks all that can be checked before anything starts. */
  StackOptions prepare(UpRequest request, boolean fresh) throws InterruptedException {
    // why: engines and services that outlived a killed supervisor hold files and ports
    new Stopper(directory).stop();
    StackRecord record = fresh ? null : directory.record().orElse(null);
    StackOptions options =
        new Agreement(request)
            .with(
                record == null
                    ? null
                    : new Agreement.Known(
                        directory.root(), record.rentals(), record.seed(), record.jupiter()));
    ServicePorts.requireFree(options.portBase());
    ServerCheck.requireAll(options.external().values());
    if (fresh) {
      directory.delete();
      directory.make();
    }
    directory.write(
        new StackRecord(StackRecord.LAYOUT, options.rentals(), options.seed(), options.jupiter()));
    progress
        .out()
        .println(
            "%s the stack in %s (log: %s)"
                .formatted(
                    record == null ? "Starting" : "Resuming",
                    shell.shortened(directory.root()),
                    shell.shortened(directory.stackLog())));
    return options;
  }

  /** Returns once the supervisor works; commands that come later find it running. */
  StackState awaitFirstWord(SupervisorProcess supervisor) throws InterruptedException {
    StateFile file = new StateFile(directory);
    long deadline = System.nanoTime() + FIRST_WORD_PATIENCE.toNanos();
    while (true) {
      boolean lives = supervisor.isAlive();
      Optional<StackState> state = file.last().filter(said -> said.pid() == supervisor.pid());
      if (state.isPresent()) {
        return state.get();
      }
      if (!lives || System.nanoTime() > deadline) {
        new Stopper(directory).stop();
        throw StackFailure.failed(
            "The supervisor did not start (%s): see %s."
                .formatted(supervisor.lastWords(), directory.stackLog()));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
