package org.etlsandbox.stack.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.etlsandbox.stack.plan.Address;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.DestinationStatus;
import org.etlsandbox.stack.state.ServiceState;
import org.etlsandbox.stack.state.ShellAccess;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StoreState;

/** What {@code up} says at its end: what runs where, how to look inside, what to try next. */
public final class Card {

  private static final String COUNT = "SELECT count(*) FROM customer_order_flat_current";
  private static final String RENAME =
      "UPDATE customer SET last_name = 'WAS HERE' WHERE customer_id = 1";
  private static final String RENAMED =
      "SELECT rental_id, customer_name, film_title, amount FROM customer_order_flat_current"
          + " WHERE customer_id = 1 LIMIT 3";

  private final Terminal terminal;
  private final StackState state;
  private final Connections connections;
  private final ShellAccess shell;
  private final String again;

  /**
   * @param again options that further commands need to find this stack, with a space before; empty
   *     for the default one
   */
  public Card(
      Terminal terminal,
      StackState state,
      Connections connections,
      ShellAccess shell,
      String again) {
    this.terminal = terminal;
    this.state = state;
    this.connections = connections;
    this.shell = shell;
    this.again = again;
  }

  public List<String> lines(String headline, List<DestinationStatus> statuses) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(terminal.bold(headline));
    lines.add("");
    lines.addAll(indent(servers()));
    lines.add("");
    lines.addAll(indent(new StatusTable(terminal).lines(statuses)));
    section(lines, "Look inside", lookInside());
    section(lines, "Change something in Jupiter and see it arrive", change());
    section(
        lines,
        "Next",
        List.of(
            "./etl watch" + again,
            "./etl status --json" + again,
            "./etl endpoints" + again,
            "./etl down" + again));
    for (String note : state.notes()) {
      lines.add(terminal.yellow("Note: " + note));
    }
    return lines;
  }

  private List<String> servers() {
    Table table = new Table(Set.of());
    for (StoreState store : state.stores()) {
      String address =
          connections
              .of(store.store())
              .flatMap(login -> Address.of(login.url()))
              .map(Address::toString)
              .orElse("");
      table
          .cell(store.store().title(), terminal::bold)
          .cell(store.engine() + (store.label().isEmpty() ? "" : " (" + store.label() + ")"))
          .cell(address)
          .end();
    }
    services(table, "Workers", state.services().stream().filter(Card::isWorker).toList());
    services(table, "APIs", state.services().stream().filter(one -> !isWorker(one)).toList());
    return table.lines();
  }

  private static boolean isWorker(ServiceState service) {
    return service.service().destination() != null;
  }

  private void services(Table table, String title, List<ServiceState> services) {
    if (!services.isEmpty()) {
      table
          .cell(title, terminal::bold)
          .cell(joined(services, service -> service.service().key()))
          .cell("http://127.0.0.1:" + joined(services, one -> Integer.toString(one.port())))
          .end();
    }
  }

  private static String joined(List<ServiceState> services, Function<ServiceState, String> text) {
    return services.stream().map(text).collect(Collectors.joining(", "));
  }

  private List<String> lookInside() {
    List<String> lines = new ArrayList<>();
    open(Store.NEPTUNE).ifPresent(lines::add);
    open(Store.JUPITER).ifPresent(lines::add);
    for (Store store : List.of(Store.MARS, Store.VENUS)) {
      // why: the embedded one that stands in is opened like Neptune
      if (!state.store(store).embedded()) {
        open(store).ifPresent(lines::add);
      }
    }
    run(Store.CLICKHOUSE, COUNT).ifPresent(lines::add);
    lines.add(
        Endpoints.curl(
            "http://127.0.0.1:%d/api/v1/status"
                .formatted(Service.BETA_WORKER.port(state.options().portBase())),
            again));
    return lines;
  }

  private List<String> change() {
    List<String> lines = new ArrayList<>();
    if (state.store(Store.JUPITER).embedded()) {
      run(Store.JUPITER, RENAME).ifPresent(lines::add);
      run(Store.NEPTUNE, RENAMED).ifPresent(lines::add);
    }
    return lines;
  }

  private Optional<String> open(Store store) {
    return connections.of(store).flatMap(login -> shell.open(store, login));
  }

  private Optional<String> run(Store store, String sql) {
    return connections.of(store).flatMap(login -> shell.run(store, login, sql));
  }

  private void section(List<String> lines, String title, List<String> content) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(terminal.bold(title));
      lines.addAll(indent(content));
    }
  }

  private static List<String> indent(List<String> lines) {
    return lines.stream().map(line -> "  " + line).toList();
  }
}
