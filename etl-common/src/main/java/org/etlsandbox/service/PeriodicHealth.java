package org.etlsandbox.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Health of one dependency, checked in the background at a fixed interval, so that asking for
 * health costs the dependency nothing and never waits for it.
 *
 * <p>Unknown until the first check has ended; down when the last check is overdue by more than
 * {@value #PATIENCE} intervals, because then it hangs. Every answer carries {@code checkedAt}.
 */
public final class PeriodicHealth implements HealthIndicator, SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PeriodicHealth.class);
  private static final int PATIENCE = 3;

  private record Result(Health health, Instant at) {}

  private final String name;
  private final Duration interval;
  private final Clock clock;
  private final Supplier<Health> check;
  private volatile @Nullable Result last;
  private volatile @Nullable ScheduledExecutorService scheduler;
  private volatile boolean stopped;

  /**
   * @param name what is checked, for the log and the thread
   * @param check may block; what it throws counts as down
   */
  public PeriodicHealth(String name, Duration interval, Clock clock, Supplier<Health> check) {
    this.name = name;
    this.interval = interval;
    this.clock = clock;
    this.check = check;
  }

  @Override
  public Health health() {
    Result result = last;
    if (result == null) {
      return Health.unknown().withDetail("reason", "not checked yet").build();
    }
    Instant overdue = result.at().plus(interval.multipliedBy(PATIENCE));
    if (clock.instant().isAfter(overdue)) {
      return Health.down()
          .withDetail("reason", "the check has not ended for " + PATIENCE + " intervals")
          .withDetail("checkedAt", result.at())
          .build();
    }
    return result.health();
  }

  @Override
  public void start() {
    stopped = false;
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("health-" + name).factory());
    executor.scheduleWithFixedDelay(this::run, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    scheduler = executor;
  }

  @Override
  public void stop() {
    stopped = true;
    ScheduledExecutorService executor = scheduler;
    if (executor != null) {
      executor.shutdownNow();
      scheduler = null;
    }
  }

  @Override
  public boolean isRunning() {
    return scheduler != null;
  }

  void run() {
    Health health = checked();
    if (stopped) {
      // Stopping has interrupted the check: what it says is not about the dependency
      return;
    }
    Instant now = clock.instant();
    Result before = last;
    if (before == null || !before.health().getStatus().equals(health.getStatus())) {
      LOG.info("{} is {} {}", name, health.getStatus(), health.getDetails());
    }
    last =
        new Result(
            Health.status(health.getStatus())
                .withDetails(health.getDetails())
                .withDetail("checkedAt", now)
                .build(),
            now);
  }

  // An exception would end the schedule silently
  private Health checked() {
    try {
      return check.get();
    } catch (RuntimeException e) {
      if (!stopped) {
        LOG.warn("The check of {} failed", name, e);
      }
      return Health.down().withDetail("reason", e.getClass().getSimpleName()).build();
    }
  }
}
