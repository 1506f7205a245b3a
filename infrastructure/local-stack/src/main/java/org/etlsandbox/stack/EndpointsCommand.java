package org.etlsandbox.stack;

import java.util.concurrent.Callable;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StateFile;
import org.etlsandbox.stack.view.Endpoints;
import org.etlsandbox.stack.view.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where everything listens. Only the JSON form has passwords in it. */
@Command(name = "endpoints")
final class EndpointsCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--json")
  private boolean json;

  @Override
  public Integer call() {
    DataDirectory directory = common.directory();
    StackState state =
        new StateFile(directory)
            .running()
            .orElseThrow(() ->
                StackFailure.failed(
                    "No stack runs on %s: './etl up%s' starts one."
                        .formatted(directory, common.again())));
    Connections connections =
        Connections.read(directory)
            .orElseThrow(() ->
                StackFailure.failed(
                    "The engines are still starting: try again in a moment, './etl watch%s' shows how far they are."
                        .formatted(common.again())));
    Endpoints endpoints = new Endpoints(state, connections, common.shell(), common.again());
    if (json) {
      System.out.print(Json.write(endpoints.json()));
    } else {
      Terminal terminal = Terminal.standardOut();
      endpoints.lines(terminal).forEach(terminal.out()::println);
    }
    return 0;
  }
}
