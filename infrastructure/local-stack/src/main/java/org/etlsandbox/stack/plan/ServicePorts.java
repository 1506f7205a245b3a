package org.etlsandbox.stack.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ports that the services are going to listen on. */
public final class ServicePorts {

  private ServicePorts() {}

  /**
   * @throws StackFailure if any port is taken, naming it and who holds it
   */
  public static void requireFree(int portBase) {
    // By holder: another stack holds all twelve
    Map<String, List<String>> taken = new LinkedHashMap<>();
    for (Service service : Service.values()) {
      addIfTaken(taken, service.port(portBase), service.key());
      addIfTaken(taken, service.managementPort(portBase), "management of " + service.key());
    }
    if (!taken.isEmpty()) {
      List<String> sentences = new ArrayList<>();
      taken.forEach((holder, ports) ->
          sentences.add(
              ports.size() == 1
                  ? "Port %s is taken by %s".formatted(ports.getFirst(), holder)
                  : "Ports %s are taken by %s".formatted(String.join(", ", ports), holder)));
      throw StackFailure.failed(
          "%s: stop it, or choose other ports with --port-base N (now %d; try --port-base %d)."
              .formatted(String.join("; ", sentences), portBase, suggestion(portBase)));
    }
  }

  private static void addIfTaken(Map<String, List<String>> taken, int port, String owner) {
    if (!PortHolder.isFree(port)) {
      taken
          .computeIfAbsent(PortHolder.describe(port), holder -> new ArrayList<>())
          .add("%d (%s)".formatted(port, owner));
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
