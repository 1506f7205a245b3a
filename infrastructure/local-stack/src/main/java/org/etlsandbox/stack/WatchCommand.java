package org.etlsandbox.stack;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.state.DestinationStatus;
import org.etlsandbox.stack.state.Phase;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StateFile;
import org.etlsandbox.stack.state.StatusClient;
import org.etlsandbox.stack.view.Progress;
import org.etlsandbox.stack.view.StartPicture;
import org.etlsandbox.stack.view.StatusTable;
import org.etlsandbox.stack.view.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The destinations, every second anew, until Ctrl-C or until the stack ends. */
@Command(name = "watch")
final class WatchCommand implements Callable<Integer> {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--once")
  private boolean once;

  @Override
  public Integer call() throws InterruptedException {
    DataDirectory directory = common.directory();
    Terminal terminal = Terminal.standardOut();
    if (!watch(directory, terminal, "Ctrl-C ends", once)) {
      throw StackFailure.failed(
          "No stack runs on %s: './etl up%s' starts one.".formatted(directory, common.again()));
    }
    return 0;
  }

  /**
   * Shows the table until the stack ends.
   *
   * @param hint what the user can do, below the table
   * @return whether a stack ran at all
   */
  static boolean watch(DataDirectory directory, Terminal terminal, String hint, boolean once)
      throws InterruptedException {
    StateFile file = new StateFile(directory);
    Optional<StackState> state = file.running();
    if (state.isEmpty()) {
      return false;
    }
    StartPicture picture = new StartPicture(terminal);
    try (StatusClient client = new StatusClient(directory);
        Progress progress = Progress.on(terminal)) {
      while (state.isPresent() && state.get().phase() != Phase.STOPPING) {
        List<DestinationStatus> statuses = client.ask(state.get());
        List<String> block = new ArrayList<>(new StatusTable(terminal).lines(statuses));
        if (once) {
          block.forEach(terminal.out()::println);
          return true;
        }
        if (state.get().phase() != Phase.RUNNING) {
          block.add(state.get().phase().inWords() + " …");
        }
        state.get().notes().forEach(note -> block.add(terminal.yellow(note)));
        block.add(terminal.faint(LocalTime.now().format(CLOCK) + "  " + hint));
        progress.show(
            Duration.between(state.get().started(), Instant.now()),
            block,
            picture.sentence(state.get(), statuses));
        TimeUnit.SECONDS.sleep(1);
        state = file.running();
      }
    }
    return true;
  }
}
