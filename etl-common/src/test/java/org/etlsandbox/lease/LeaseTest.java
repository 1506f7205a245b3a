package org.etlsandbox.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.Optional;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.DatabaseTls;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.failure.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** A lock whose renewal fails at a chosen moment cannot be had from a real database: mocked. */
class LeaseTest {

  private static final Duration DURATION = Duration.ofSeconds(3);

  // Lazy: nothing here connects
  private final ControlDatabase control =
      new ControlDatabase(
          new ConnectionSettings("control", "jdbc:postgresql://127.0.0.1:1/none", "", "", 1)
              .with(DatabaseTls.OFF));
  private final SimpleLock lock = mock(SimpleLock.class);

  @AfterEach
  void closeControl() {
    control.close();
  }

  @Test
  void isHeldBeyondItsFirstDurationWhileItIsRenewed() throws InterruptedException {
    when(lock.extend(any(), any())).thenReturn(Optional.of(lock));
    try (Lease lease = lease()) {
      Thread.sleep(DURATION.multipliedBy(2));
      assertThatCode(lease::ensureHeld).doesNotThrowAnyException();
      verify(lock, atLeast(3)).extend(DURATION, Duration.ZERO);
    }
    verify(lock).unlock();
  }

  @Test
  void isLostAtOnceWhenTheRenewalIsRefused() {
    when(lock.extend(any(), any())).thenReturn(Optional.empty());
    try (Lease lease = lease()) {
      verify(lock, timeout(DURATION.toMillis())).extend(any(), any());
      assertThat(failureOf(lease).kind()).isEqualTo(StoreException.Kind.FENCED);
    }
  }

  @Test
  void runsOutWhenTheControlDatabaseStaysAway() throws InterruptedException {
    when(lock.extend(any(), any())).thenThrow(new DataAccessResourceFailureException("away"));
    try (Lease lease = lease()) {
      verify(lock, timeout(DURATION.toMillis())).extend(any(), any());
      assertThatCode(lease::ensureHeld).doesNotThrowAnyException();
      Thread.sleep(DURATION);
      assertThat(failureOf(lease)).hasMessageContaining("the lease ran out");
    }
  }

  private Lease lease() {
    return new Lease(control, "beta-worker", lock, DURATION, System.nanoTime());
  }

  /** Waits for the failure: the renewal runs in a thread of its own. */
  private static StoreException failureOf(Lease lease) {
    long deadline = System.nanoTime() + DURATION.toNanos() / 3;
    StoreException failure = null;
    while (failure == null && System.nanoTime() < deadline) {
      failure = catchThrowableOfType(StoreException.class, lease::ensureHeld);
    }
    assertThat(failure).as("refused at the latest a third of the lease after its loss").isNotNull();
    return failure;
  }
}
