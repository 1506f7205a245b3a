package org.etlsandbox.stack.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The four workers and two APIs, in the order of their ports. */
public enum Service {
  ALPHA_WORKER(1, Store.MARS),
  BETA_WORKER(2, Store.NEPTUNE),
  GAMMA_WORKER(3, Store.VENUS),
  DELTA_WORKER(4, Store.CLICKHOUSE),
  BETA_API(5, null),
  DELTA_API(6, null);

  /** The port of the first worker is 8081. */
  public static final int DEFAULT_PORT_BASE = 8080;

  /** A service's management port lies this far above its port. */
  public static final int MANAGEMENT_OFFSET = 1000;

  private final int offset;
  private final @Nullable Store destination;

  Service(int offset, @Nullable Store destination) {
    this.offset = offset;
    this.destination = destination;
  }

  /** {@code alpha-worker}; also the name of its configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public int port(int portBase) {
    return portBase + offset;
  }

  public int managementPort(int portBase) {
    return port(portBase) + MANAGEMENT_OFFSET;
  }

  /** What a worker keeps in step; null for an API. */
  public @Nullable Store destination() {
    return destination;
  }

  /** The services that keep a destination in step. */
  public static List<Service> workers() {
    return Arrays.stream(values()).filter(service -> service.destination != null).toList();
  }
}
