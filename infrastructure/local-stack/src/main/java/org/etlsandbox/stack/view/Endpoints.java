package org.etlsandbox.stack.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.etlsandbox.stack.plan.Address;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.ServiceState;
import org.etlsandbox.stack.state.ShellAccess;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StoreState;
import org.jspecify.annotations.Nullable;

/** Where everything listens and how to get in. */
public final class Endpoints {

  private final StackState state;
  private final Connections connections;
  private final ShellAccess shell;
  private final String again;

  /**
   * @param again options that further commands need to find this stack, with a space before; empty
   *     for the default one
   */
  public Endpoints(StackState state, Connections connections, ShellAccess shell, String again) {
    this.state = state;
    this.connections = connections;
    this.shell = shell;
    this.again = again;
  }

  /** For programs, with passwords: by name, each with url, username, password and shell. */
  public Map<String, Map<String, @Nullable String>> json() {
    Map<String, Map<String, @Nullable String>> all = new LinkedHashMap<>();
    for (Store store : Store.values()) {
      Map<String, @Nullable String> one =
          connections
              .of(store)
              .map(login ->
                  entry(
                      login.url(),
                      login.username(),
                      login.password(),
                      shell.open(store, login).orElse(null)))
              .orElseGet(() -> entry(null, null, null, null));
      all.put(store.key(), one);
    }
    for (Service service : Service.values()) {
      String url = url(service);
      all.put(service.key(), entry(url, null, null, curl(service, url)));
    }
    return all;
  }

  private static Map<String, @Nullable String> entry(
      @Nullable String url,
      @Nullable String username,
      @Nullable String password,
      @Nullable String shellLine) {
    Map<String, @Nullable String> entry = new LinkedHashMap<>();
    entry.put("url", url);
    entry.put("username", username);
    entry.put("password", password);
    entry.put("shell", shellLine);
    return entry;
  }

  private String url(Service service) {
    return state
        .service(service)
        .map(ServiceState::url)
        .orElse("http://127.0.0.1:" + service.port(state.options().portBase()));
  }

  private String curl(Service service, String url) {
    String path =
        switch (service) {
          case ALPHA_WORKER, BETA_WORKER, GAMMA_WORKER, DELTA_WORKER -> "/api/v1/status";
          case BETA_API -> "/api/v1/customer-order-flats/range?from=0&to=10";
          case DELTA_API -> "/api/v1/ddl/customer-order-flat?dialect=clickhouse";
        };
    return curl(url + path, again);
  }

  /** A line for a shell that asks a service with a token made on the spot. */
  static String curl(String url, String again) {
    return "curl -s -H \"Authorization: Bearer $(./etl token%s)\" %s"
        .formatted(again, ShellAccess.quote(url));
  }

  /** For people, without passwords. */
  public List<String> lines(Terminal terminal) {
    Table table = new Table(Set.of());
    for (Store store : Store.values()) {
      StoreState server = state.store(store);
      String where =
          connections
              .of(store)
              .flatMap(login -> Address.of(login.url()))
              .map(address -> address + "/" + address.database())
              .orElse(server.missing() == null ? "" : server.missing());
      String open = connections.of(store).flatMap(login -> shell.open(store, login)).orElse("");
      table
          .cell(store.title(), terminal::bold)
          .cell(server.engine() + (server.label().isEmpty() ? "" : " (" + server.label() + ")"))
          .cell(where)
          .cell(open, terminal::faint)
          .end();
    }
    for (Service service : Service.values()) {
      boolean up = state.service(service).map(ServiceState::up).orElse(false);
      table
          .cell(service.key(), terminal::bold)
          .cell(up ? "up" : "down")
          .cell(url(service))
          .cell(curl(service, url(service)), terminal::faint)
          .end();
    }
    return new ArrayList<>(table.lines());
  }
}
