package org.etlsandbox.stack;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.sakila.JupiterSetup;
import org.etlsandbox.sakila.ping.Ping;
import org.etlsandbox.sakila.ping.PingText;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.plan.Durations;
import org.etlsandbox.stack.plan.ExternalServer;
import org.etlsandbox.stack.plan.ServerCheck;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.Connections.Login;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StateFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long a change takes into each destination. Exit code 0: it came and went everywhere, 3: it
 * did not in time, 1: a failure, 2: Jupiter is somebody else's, or wrong usage.
 */
@Command(name = "ping")
final class PingCommand implements Callable<Integer> {

  private static final int NOT_EVERYWHERE = 3;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--json")
  private boolean json;

  @Option(names = "--yes")
  private boolean sure;

  @Option(names = "--timeout", paramLabel = "DURATION")
  private String timeout = "60s";

  @Override
  public Integer call() throws InterruptedException {
    Duration patience = patience();
    StackState state =
        new StateFile(common.directory())
            .running()
            .orElseThrow(() ->
                StackFailure.failed(
                    "No stack runs on %s: './etl up%s' starts one."
                        .formatted(common.directory(), common.again())));
    Connections connections =
        Connections.read(common.directory())
            .orElseThrow(() ->
                StackFailure.failed(
                    "The engines are still starting: try again in a moment, './etl watch%s' shows how far they are."
                        .formatted(common.again())));
    ExternalServer jupiter =
        server(connections, Store.JUPITER)
            .orElseThrow(() -> StackFailure.failed("There is no connection to Jupiter."));
    try {
      requireOurs(jupiter, state);
      List<Ping.Destination> destinations = destinations(connections);
      // Progress beside the answer, where the answer is for a program
      PingText text = new PingText(json ? System.err : System.out);
      List<Ping.Outcome> outcomes =
          new Ping(() -> ServerCheck.connect(jupiter), destinations, patience, text).run();
      List<String> problems = PingText.problems(outcomes, patience);
      if (json) {
        System.out.print(Json.write(outcomes.stream().map(PingCommand::published).toList()));
      }
      problems.forEach(System.err::println);
      if (!problems.isEmpty()) {
        System.err.printf("./etl status%s tells how the workers are.%n", common.again());
      }
      return problems.isEmpty() ? 0 : NOT_EVERYWHERE;
    } catch (SQLException | IllegalStateException e) {
      throw StackFailure.failed(
          "The ping was given up (%s): %s".formatted(jupiter, e.getMessage()), e);
    }
  }

  private Duration patience() {
    Duration patience = Durations.parse("--timeout", timeout);
    if (patience.compareTo(Ping.LONGEST) > 0) {
      throw StackFailure.usage(
          "--timeout is '%s', but must not be above %s."
              .formatted(timeout, Durations.format(Ping.LONGEST)));
    }
    return patience;
  }

  private void requireOurs(ExternalServer jupiter, StackState state) throws SQLException {
    if (sure || state.store(Store.JUPITER).embedded()) {
      return;
    }
    try (Connection connection = ServerCheck.connect(jupiter)) {
      if (JupiterSetup.hasMade(connection)) {
        return;
      }
    }
    throw StackFailure.usage(
        "%s is not ours. A ping inserts a customer, a rental and a payment there and deletes them again: add --yes if it may."
            .formatted(jupiter));
  }

  private static List<Ping.Destination> destinations(Connections connections) {
    List<Ping.Destination> destinations = new ArrayList<>();
    for (Store store : Store.values()) {
      if (store.isDestination()) {
        server(connections, store)
            .ifPresent(server ->
                destinations.add(
                    new Ping.Destination(store.title(), () -> ServerCheck.connect(server))));
      }
    }
    return destinations;
  }

  private static Optional<ExternalServer> server(Connections connections, Store store) {
    return connections.of(store).map(login -> server(store, login));
  }

  private static ExternalServer server(Store store, Login login) {
    DatabaseTls tls =
        new DatabaseTls(login.tls(), System.getenv().getOrDefault("ETL_TLS_CA", "").strip());
    return new ExternalServer(store, login.url(), login.username(), login.password(), tls);
  }

  private static Map<String, @Nullable Object> published(Ping.Outcome outcome) {
    Map<String, @Nullable Object> published = new LinkedHashMap<>();
    published.put("destination", outcome.destination().toLowerCase(Locale.ROOT));
    published.put("arrivedSeconds", seconds(outcome.arrived()));
    published.put("goneSeconds", seconds(outcome.gone()));
    published.put("error", outcome.problem());
    return published;
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : PingText.seconds(duration);
  }
}
