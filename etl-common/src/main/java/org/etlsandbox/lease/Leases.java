package org.etlsandbox.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.etlsandbox.control.ControlDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Hands out the lease of a destination; on the control database's clock. */
public final class Leases {

  private final ControlDatabase control;
  private final LockProvider locks;
  private final String worker;
  private final Duration duration;

  /**
   * @param duration how long a lease lasts unless it is renewed: a leader that dies is followed by
   *     another one after this time at the latest
   */
  public Leases(ControlDatabase control, String worker, Duration duration) {
    this.control = control;
    this.worker = worker;
    this.duration = duration;
    this.locks =
        new JdbcTemplateLockProvider(
            JdbcTemplateLockProvider.Configuration.builder()
                .withJdbcTemplate(new JdbcTemplate(control.dataSource()))
                .withTableName("lease")
                // By default the host's name, under which two replicas on one host could renew and
                // give back each other's lease
                .withLockedByValue(ProcessHandle.current().pid() + "-" + UUID.randomUUID())
                .usingDbTime()
                .build());
  }

  /** Takes the lease, or returns null while somebody else holds it. */
  public @Nullable Lease tryAcquire() {
    long before = System.nanoTime();
    Optional<SimpleLock> lock =
        control.call(() ->
            locks.lock(new LockConfiguration(Instant.now(), worker, duration, Duration.ZERO)));
    return lock.map(held -> new Lease(control, worker, held, duration, before)).orElse(null);
  }
}
