package org.etlsandbox.stack.doctor;

import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.stack.plan.PortHolder;
import org.etlsandbox.stack.plan.Service;

/** The ports of the four workers and two APIs, and their management ports. */
final class PortCheck implements Check {

  private final int base;

  PortCheck(int base) {
    this.base = base;
  }

  @Override
  public List<Finding> run() {
    List<Finding> taken = new ArrayList<>();
    for (Service service : Service.values()) {
      check(service.port(base), service.key(), taken);
      check(service.managementPort(base), "management of " + service.key(), taken);
    }
    if (!taken.isEmpty()) {
      return taken;
    }
    Service first = Service.ALPHA_WORKER;
    Service last = Service.DELTA_API;
    return List.of(
        Finding.ok(
            "ports",
            "%d-%d and %d-%d are free"
                .formatted(
                    first.port(base),
                    last.port(base),
                    first.managementPort(base),
                    last.managementPort(base))));
  }

  private static void check(int port, String owner, List<Finding> taken) {
    if (!PortHolder.isFree(port)) {
      taken.add(
          Finding.warn(
              "ports",
              "%d (%s) is taken by %s".formatted(port, owner, PortHolder.describe(port)),
              "if by your own stack, that is well; else choose others with --port-base"));
    }
  }
}
