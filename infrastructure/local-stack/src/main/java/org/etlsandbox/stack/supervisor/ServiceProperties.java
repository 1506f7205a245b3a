package org.etlsandbox.stack.supervisor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.Connections.Login;

/** What a service is told about where it listens and which databases it works with. */
final class ServiceProperties {

  private static final String LOOPBACK = "127.0.0.1";

  private final Connections connections;
  private final int portBase;

  ServiceProperties(Connections connections, int portBase) {
    this.connections = connections;
    this.portBase = portBase;
  }

  /** Spring properties by name; they hold passwords, so they never go on a command line. */
  Map<String, Object> of(Service service) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.address", LOOPBACK);
    properties.put("server.port", service.port(portBase));
    properties.put("management.server.address", LOOPBACK);
    properties.put("management.server.port", service.managementPort(portBase));
    properties.put("spring.jmx.enabled", false);
    Store destination = service.destination();
    if (destination != null) {
      login(properties, "etl.jupiter", Store.JUPITER);
      login(properties, "etl.control", Store.CONTROL);
      login(properties, "etl.destination", destination);
    } else if (service == Service.BETA_API) {
      properties.put("etl.query.destination", Store.NEPTUNE.key());
      login(properties, "etl.query", Store.NEPTUNE);
    }
    return properties;
  }

  private void login(Map<String, Object> properties, String prefix, Store store) {
    Login login =
        connections
            .of(store)
            .orElseThrow(() ->
                StackFailure.failed("There is no connection to %s.".formatted(store.title())));
    properties.put(prefix + ".url", login.url());
    properties.put(prefix + ".username", login.username());
    properties.put(prefix + ".password", login.password());
    properties.put(prefix + ".tls", login.tls().name());
  }
}
