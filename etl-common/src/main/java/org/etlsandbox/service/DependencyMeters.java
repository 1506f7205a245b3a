package org.etlsandbox.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import org.springframework.boot.health.contributor.Status;

/** {@code etl.dependency.up}: whether each database of a service answered its last check. */
final class DependencyMeters implements MeterBinder {

  private static final String SUFFIX = "HealthIndicator";

  private final Map<String, PeriodicHealth> checks;

  /**
   * @param checks by bean name: {@code destinationHealthIndicator} is tagged {@code destination}
   */
  DependencyMeters(Map<String, PeriodicHealth> checks) {
    this.checks = Map.copyOf(checks);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    checks.forEach((bean, check) ->
        Gauge.builder("etl.dependency.up", check, DependencyMeters::up)
            .tag("dependency", bean.replace(SUFFIX, ""))
            .description("1 when the last check was answered, 0 when not")
            .register(registry));
  }

  /** NaN before the first check has ended. */
  private static double up(PeriodicHealth check) {
    Status status = check.health().getStatus();
    if (status.equals(Status.UNKNOWN)) {
      return Double.NaN;
    }
    return status.equals(Status.UP) ? 1 : 0;
  }
}
