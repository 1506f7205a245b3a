package org.etlsandbox.worker;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.failure.StoreException.Kind;
import org.etlsandbox.trace.LogFields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;

/** Runs sessions one after the other, with a growing pause after failures, until it is stopped. */
final class WorkerLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(WorkerLoop.class);

  /** A scope under way is finished; a longer one is left to the next start. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(8);

  private final String worker;
  private final String destination;
  private final WorkerSession session;
  private final WorkerStatus status;
  private final WorkerMeters meters;
  private final Pause pause;
  private @Nullable Thread thread;

  WorkerLoop(
      String worker,
      String destination,
      WorkerSession session,
      WorkerStatus status,
      WorkerMeters meters,
      Pause pause) {
    this.worker = worker;
    this.destination = destination;
    this.session = session;
    this.status = status;
    this.meters = meters;
    this.pause = pause;
  }

  @Override
  public synchronized void start() {
    thread = Thread.ofPlatform().name(worker).start(this::loop);
  }

  @Override
  public synchronized void stop() {
    pause.stop();
    Thread running = thread;
    thread = null;
    if (running != null) {
      try {
        running.join(STOP_PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  private void loop() {
    MDC.put(LogFields.DESTINATION, destination);
    try {
      while (!pause.isStopping()) {
        status.circuit().attempt();
        try {
          session.run();
        } catch (StoreException e) {
          if (!goOnAfter(e)) {
            return;
          }
          MDC.remove(LogFields.RUN);
          pause.forAttempt(status.circuit().failed());
        }
      }
    } catch (CancellationException e) {
      log.debug("{} stops", worker);
    } catch (RuntimeException e) {
      if (!pause.isStopping()) {
        log.error("{} stopped on an error of its own", worker, e);
        status.stopped("Internal error, see the log: " + e.getMessage());
      }
    }
  }

  private boolean goOnAfter(StoreException failure) {
    String reason = String.valueOf(failure.getMessage());
    meters.failed(failure.kind());
    if (failure.kind() == Kind.PERMANENT || failure.kind() == Kind.DATA) {
      log.error("{} stopped: {}", worker, reason);
      log.debug("Cause", failure);
      status.stopped(reason);
      return false;
    }
    log.warn("{} tries again: {}", worker, reason);
    log.debug("Cause", failure);
    status.failing(reason);
    return true;
  }
}
