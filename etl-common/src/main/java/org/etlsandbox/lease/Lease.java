package org.etlsandbox.lease;

import java.time.Duration;
import java.util.Optional;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.destination.WriteLease;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A held lease, renewed in the background until it is closed or lost. A process that was stopped
 * for longer than the lease lasts finds it lost when it wakes up, by its own monotonic clock; the
 * fence in the destination holds even where that clock stood still.
 */
public final class Lease implements WriteLease, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Lease.class);

  private final ControlDatabase control;
  private final String worker;
  private final Duration duration;
  private final Thread renewal;
  private volatile SimpleLock lock;
  private volatile long deadline;
  private volatile boolean closed;
  private volatile long epoch;
  private volatile @Nullable String renewalFailure;

  Lease(ControlDatabase control, String worker, SimpleLock lock, Duration duration, long takenAt) {
    this.control = control;
    this.worker = worker;
    this.lock = lock;
    this.duration = duration;
    this.deadline = takenAt + duration.toNanos();
    this.renewal = Thread.ofVirtual().name("lease-" + worker).start(this::renew);
  }

  /** Set once, when the destination has admitted this leadership. */
  public void admitted(long number) {
    epoch = number;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public void ensureHeld() {
    if (closed || System.nanoTime() - deadline >= 0) {
      String failure = renewalFailure;
      throw new StoreException(
          Kind.FENCED,
          "%s: the lease ran out (etl.lease.duration is %d s); another replica may write by now%s"
              .formatted(
                  worker,
                  duration.toSeconds(),
                  failure == null ? "" : ". It could not be renewed: " + failure));
    }
  }

  private void renew() {
    while (!closed) {
      try {
        Thread.sleep(duration.dividedBy(3));
        long before = System.nanoTime();
        Optional<SimpleLock> extended = control.call(() -> lock.extend(duration, Duration.ZERO));
        if (extended.isEmpty()) {
          log.warn("{}: the lease was lost", worker);
          deadline = before;
          return;
        }
        lock = extended.get();
        deadline = before + duration.toNanos();
        renewalFailure = null;
      } catch (InterruptedException e) {
        return;
      } catch (StoreException e) {
        renewalFailure = e.getMessage();
        log.warn("{}: the lease could not be renewed yet: {}", worker, e.getMessage());
      }
    }
  }

  /** Gives the lease back, so that the next leader need not wait for it to run out. */
  @Override
  public void close() {
    closed = true;
    renewal.interrupt();
    try {
      renewal.join(Duration.ofSeconds(5));
      control.call(() -> {
        lock.unlock();
        return null;
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreException e) {
      log.warn("{}: the lease could not be given back; it runs out by itself", worker);
    }
  }
}
