package org.etlsandbox.stack.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The ports of the four workers and two APIs, and their management ports. */
final class PortCheck implements Check {

  private static final List<String> SERVICES =
      List.of(
          "alpha-worker", "beta-worker", "gamma-worker", "delta-worker", "beta-api", "delta-api");
  private static final int MANAGEMENT = 1000;

  private final int base;

  PortCheck(int base) {
    this.base = base;
  }

  @Override
  public List<Finding> run() {
    List<Finding> taken = new ArrayList<>();
    for (int i = 0; i < SERVICES.size(); i++) {
      check(base + i, SERVICES.get(i), taken);
      check(base + MANAGEMENT + i, "management of " + SERVICES.get(i), taken);
    }
    if (!taken.isEmpty()) {
      return taken;
    }
    int last = base + SERVICES.size() - 1;
    return List.of(
        Finding.ok(
            "ports",
            "%d-%d and %d-%d are free"
                .formatted(base, last, base + MANAGEMENT, last + MANAGEMENT)));
  }

  private static void check(int port, String owner, List<Finding> taken) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a port in TIME_WAIT is free
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      taken.add(
          Finding.warn(
              "ports",
              port + " (" + owner + ") is taken",
              "if by your own stack, that is well; else choose others with --port-base"));
    }
  }
}
