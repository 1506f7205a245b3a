package org.etlsandbox.stack;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.state.DestinationStatus;
import org.etlsandbox.stack.state.Phase;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StateFile;
import org.etlsandbox.stack.state.StatusClient;
import org.etlsandbox.stack.view.StatusTable;
import org.etlsandbox.stack.view.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The destinations once. Exit code 0: all in step, 3: not all, 1: the stack does not run. */
@Command(name = "status")
final class StatusCommand implements Callable<Integer> {

  private static final int NOT_IN_STEP = 3;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--json")
  private boolean json;

  @Override
  public Integer call() {
    Optional<StackState> state = new StateFile(common.directory()).running();
    List<DestinationStatus> statuses;
    try (StatusClient client = new StatusClient(common.directory())) {
      statuses = state.map(client::ask).orElseGet(StatusClient::notRunning);
    }
    if (json) {
      System.out.print(Json.write(statuses.stream().map(DestinationStatus::published).toList()));
    }
    if (state.isEmpty()) {
      throw StackFailure.failed(
          "No stack runs on %s: './etl up%s' starts one."
              .formatted(common.directory(), common.again()));
    }
    if (!json) {
      Terminal terminal = Terminal.standardOut();
      if (state.get().phase() != Phase.RUNNING) {
        terminal.out().println(state.get().phase().inWords() + " …");
      }
      new StatusTable(terminal).lines(statuses).forEach(terminal.out()::println);
      state.get().notes().forEach(note -> terminal.out().println(terminal.yellow(note)));
    }
    return statuses.stream().allMatch(DestinationStatus::inStep) ? 0 : NOT_IN_STEP;
  }
}
