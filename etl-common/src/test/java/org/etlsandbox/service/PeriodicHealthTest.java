package org.etlsandbox.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class PeriodicHealthTest {

  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private Instant now = START;

  @Test
  void isUnknownBeforeTheFirstCheck() {
    assertThat(health(() -> Health.up().build()).health().getStatus()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void askingDoesNotCheck() {
    AtomicInteger checks = new AtomicInteger();
    PeriodicHealth health =
        health(() -> Health.up().withDetail("check", checks.incrementAndGet()).build());
    health.run();

    health.health();
    assertThat(health.health().getDetails()).containsEntry("check", 1);
    assertThat(health.health().getDetails()).containsEntry("checkedAt", START);
  }

  @Test
  void followsTheCheckDownAndUp() {
    AtomicInteger checks = new AtomicInteger();
    PeriodicHealth health =
        health(() -> {
          if (checks.incrementAndGet() == 2) {
            throw new IllegalStateException("secret");
          }
          return Health.up().build();
        });
    health.run();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    health.run();
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).containsEntry("reason", "IllegalStateException");
    health.run();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void checkThatHangsIsDown() {
    PeriodicHealth health = health(() -> Health.up().build());
    health.run();
    now = START.plusSeconds(30);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    now = START.plusSeconds(31);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).containsEntry("checkedAt", START);
  }

  @Test
  void checksAgainAndAgainUntilStopped() throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    PeriodicHealth health =
        new PeriodicHealth(
            "test",
            Duration.ofMillis(10),
            Clock.systemUTC(),
            () -> {
              twice.countDown();
              throw new IllegalStateException("must not end the schedule");
            });
    health.start();
    try {
      assertThat(health.isRunning()).isTrue();
      assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      health.stop();
    }
    assertThat(health.isRunning()).isFalse();
  }

  private PeriodicHealth health(Supplier<Health> check) {
    InstantSource source = () -> now;
    return new PeriodicHealth(
        "test", Duration.ofSeconds(10), source.withZone(ZoneOffset.UTC), check);
  }
}
