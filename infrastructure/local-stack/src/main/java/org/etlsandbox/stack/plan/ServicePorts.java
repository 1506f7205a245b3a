package org.etlsandbox.stack.plan;

import java.util.ArrayList;
import java.util.List;

/** The ports that the services are going to listen on. */
public final class ServicePorts {

  private ServicePorts() {}

  /**
   * @throws StackFailure if any port is taken, naming it and who holds it
   */
  public static void requireFree(int portBase) {
    List<String> taken = new ArrayList<>();
    for (Service service : Service.values()) {
      addIfTaken(taken, service.port(portBase), service.key());
      addIfTaken(taken, service.managementPort(portBase), "management of " + service.key());
    }
    if (!taken.isEmpty()) {
      throw StackFailure.failed(
          "%s: stop it, or choose other ports with --port-base N (now %d; try --port-base %d)."
              .formatted(String.join("; ", taken), portBase, suggestion(portBase)));
    }
  }

  private static void addIfTaken(List<String> taken, int port, String owner) {
    if (!PortHolder.isFree(port)) {
      taken.add("Port %d (%s) is taken by %s".formatted(port, owner, PortHolder.describe(port)));
    }
  }

  private static int suggestion(int portBase) {
    for (int base = portBase + 100; base < 60_000; base += 100) {
      int candidate = base;
      boolean free =
          List.of(Service.values()).stream()
              .allMatch(service ->
                  PortHolder.isFree(service.port(candidate))
                      && PortHolder.isFree(service.managementPort(candidate)));
      if (free) {
        return base;
      }
    }
    return portBase;
  }
}
