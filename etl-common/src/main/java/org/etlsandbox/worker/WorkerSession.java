package org.etlsandbox.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.change.ChangeFeed;
import org.etlsandbox.change.PollResult;
import org.etlsandbox.control.Checkpoints;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.control.RunKind;
import org.etlsandbox.control.RunLedger;
import org.etlsandbox.control.WorkerRegister;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationState;
import org.etlsandbox.flat.RefreshScope;
import org.etlsandbox.lease.Lease;
import org.etlsandbox.lease.Leases;
import org.etlsandbox.load.InitialLoad;
import org.etlsandbox.load.LoadPlan;
import org.etlsandbox.quarantine.Quarantine;
import org.etlsandbox.refresh.RefreshJob;
import org.etlsandbox.refresh.Refresher;
import org.etlsandbox.refresh.RefusalLimit;
import org.etlsandbox.refresh.ScopeOutcome;
import org.etlsandbox.refresh.ScopeSource;
import org.etlsandbox.source.Settled;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.source.Source;
import org.etlsandbox.source.SourceDescription;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.sweep.Sweep;
import org.etlsandbox.trace.LogFields;
import org.etlsandbox.trace.Step;
import org.etlsandbox.trace.Traces;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One leadership of a worker: from the lease to the first failure or the end of the process.
 * Prepares the destination, loads it where needed, then follows Jupiter.
 */
final class WorkerSession {

  private static final Logger log = LoggerFactory.getLogger(WorkerSession.class);

  private final Source source;
  private final SettledClock clock;
  private final Destination destination;
  private final ControlDatabase control;
  private final WorkerStatus status;
  private final WorkerMeters meters;
  private final RefreshJob job;
  private final Pause pause;
  private final Traces traces;
  private final WorkerOptions options;
  private final WorkerRegister register;
  private final RunLedger ledger;
  private final Quarantine quarantine;

  WorkerSession(
      Source source,
      SettledClock clock,
      Destination destination,
      ControlDatabase control,
      Quarantine quarantine,
      WorkerStatus status,
      WorkerMeters meters,
      RefreshJob job,
      Pause pause,
      Traces traces,
      WorkerOptions options) {
    this.source = source;
    this.clock = clock;
    this.destination = destination;
    this.control = control;
    this.quarantine = quarantine;
    this.status = status;
    this.meters = meters;
    this.job = job;
    this.pause = pause;
    this.traces = traces;
    this.options = options;
    this.register = new WorkerRegister(control, options.worker());
    this.ledger = new RunLedger(control, options.worker());
  }

  /** Runs until the worker is told to stop, or throws what ended the session. */
  void run() {
    control.prepare(options.schema());
    register.register();
    SourceDescription description = source.describe(options.settle());
    status.source(description.engine(), description.hints());
    try (Lease lease = awaitLease()) {
      Boundary.LEASE_ACQUIRED.reached();
      register.bindSource(description.identity());
      DestinationState before = destination.prepare(options.schema());
      long epoch = register.nextEpoch(before.epoch());
      Boundary.EPOCH_DRAWN.reached();
      lease.ensureHeld(); // who has slept until here must not put out who leads by now
      destination.raiseFence(epoch);
      Boundary.FENCE_RAISED.reached();
      lease.admitted(epoch);
      // Read again behind the fence: an earlier leader may have written until now
      DestinationState state = destination.prepare(options.schema());
      register.raiseVersions(state.maxRowVersion());
      Boundary.VERSIONS_RAISED.reached();
      status.engine(destination.engine());
      status.rows(destination.countLive());
      ledger.abandonUnfinished();
      quarantine.recount();
      load(state, lease);
      follow(description, lease);
    }
  }

  private Refresher refresher(Lease lease) {
    return new Refresher(destination, lease, options.writeLimit(), traces);
  }

  private Lease awaitLease() {
    Leases leases = new Leases(control, options.worker(), options.leaseDuration());
    for (Lease lease = leases.tryAcquire(); ; lease = leases.tryAcquire()) {
      if (lease != null) {
        return lease;
      }
      status.waiting();
      Boundary.LEASE_AWAITED.reached();
      pause.forRetry();
    }
  }

  private void load(DestinationState state, Lease lease) {
    InitialLoad load = new InitialLoad(source, destination, register, ledger, options.rangeSize());
    LoadPlan plan = load.remainder(state.incarnation(), lease.epoch(), this::awaitSettled);
    if (plan != null) {
      log.info("{}: loading up to rental {}", options.worker(), plan.to());
      status.loading(0, plan.to());
      Refresher refresher = refresher(lease);
      while (loadBlock(plan, refresher, lease.epoch())) {
        lease.ensureHeld();
      }
      register.finishLoad(lease.epoch());
      Boundary.LOAD_FINISHED.reached();
    }
    status.loaded();
    destination.completeLoad();
  }

  /** Returns false when nothing was left to be loaded. */
  private boolean loadBlock(LoadPlan plan, Refresher refresher, long epoch) {
    long version = register.drawVersion();
    try (SourceSnapshot snapshot = source.snapshot()) {
      return runScopes(
          RunKind.LOAD,
          epoch,
          plan.block(snapshot),
          scope -> refresher.refresh(scope, snapshot, version),
          null);
    }
  }

  private Instant awaitSettled() {
    while (true) {
      Settled settled = clock.settle();
      Boundary.SETTLED.reached();
      status.held(settled.heldFor(), settled.reason());
      Instant moment = settled.settled();
      if (moment != null) {
        return moment;
      }
      log.info("{}: the load waits for {}", options.worker(), settled.reason());
      pause.forRetry();
    }
  }

  private void follow(SourceDescription description, Lease lease) {
    ChangeFeed feed =
        new ChangeFeed(
            source,
            clock,
            destination,
            new Checkpoints(control, options.worker()),
            description.indexed(),
            options.poll(),
            lease.epoch(),
            traces);
    PollRefresh refresh = new PollRefresh(refresher(lease), lease);
    Sweep sweep = new Sweep(source, destination, quarantine, options.sweep().rangeSize());
    PollPace polls = new PollPace(options.pace());
    SweepPace pace = new SweepPace(options.sweep(), System.nanoTime());
    while (true) {
      lease.ensureHeld();
      long started = System.nanoTime();
      Step step = traces.begin("poll").tell(LogFields.DESTINATION, options.destination());
      refresh.partOf(step);
      PollResult result = step.of(() -> feed.poll(refresh));
      status.polled(started, result);
      Duration took = step.took();
      meters.polled(result, took.toNanos());
      log.debug(
          "Poll: {} in {} ms",
          result.moved() ? "something had changed" : "nothing has changed",
          took.toMillis());
      Duration pause = polls.next(result.moved(), took);
      sweep(sweep, pace, lease, Pause.nextPoll(pause));
    }
  }

  /**
   * Goes on with the sweep, as fast as it may, until the next poll is due. In the poll's own
   * thread: a rental is never refreshed by both at the same time.
   */
  private void sweep(Sweep sweep, SweepPace pace, Lease lease, long nextPoll) {
    for (long now = System.nanoTime(); now - nextPoll < 0; now = System.nanoTime()) {
      if (!pace.isDue(now)) {
        pause.until(pace.next() - nextPoll < 0 ? pace.next() : nextPoll);
        continue;
      }
      lease.ensureHeld();
      Step step = traces.begin("sweep");
      Sweep.Slice slice = step.of(() -> sweepOn(sweep, lease, step));
      status.swept(slice);
      meters.compared(step.took());
      log.debug(
          "Sweep: {} rentals compared, {} differ, in {} ms",
          slice.compared(),
          slice.differing().length,
          step.took().toMillis());
      pace.compared(slice, now, System.nanoTime());
    }
  }

  private Sweep.Slice sweepOn(Sweep sweep, Lease lease, Step step) {
    Sweep.Slice slice = sweep.next();
    step.tell(LogFields.DESTINATION, options.destination())
        .tell("etl.compared", slice.compared())
        .tell("etl.differing", slice.differing().length)
        .tell("etl.tried.again", slice.tryAgain().length);
    refreshSwept(slice.differing(), lease, step);
    // One run each: a run of bad rentals only must be small, or it is taken for a wrong rule
    for (long[] some : parts(slice.tryAgain(), RefusalLimit.ALLOWED)) {
      refreshSwept(some, lease, step);
    }
    if (slice.last() && options.deletes() == Deletes.HARD) {
      purge(lease);
    }
    return slice;
  }

  private void purge(Lease lease) {
    long purged = destination.purgeTombstones(lease);
    meters.purged(purged);
    if (purged > 0) {
      log.info("{}: deleted {} tombstones (etl.deletes=hard)", options.worker(), purged);
    }
  }

  private static List<long[]> parts(long[] ids, int size) {
    return IntStream.range(0, (ids.length + size - 1) / size)
        .mapToObj(
            part -> Arrays.copyOfRange(ids, part * size, Math.min(ids.length, (part + 1) * size)))
        .toList();
  }

  private void refreshSwept(long[] rentals, Lease lease, Step cycle) {
    Refresher refresher = refresher(lease);
    if (rentals.length == 0) {
      return;
    }
    Iterator<long[]> pages = parts(rentals, options.poll().batchSize()).iterator();
    long version = register.drawVersion();
    // One for all pages: each of its own would be a connection for each thread
    try (SourceSnapshot snapshot = source.snapshot()) {
      runScopes(
          RunKind.SWEEP,
          lease.epoch(),
          () -> pages.hasNext() ? new RefreshScope.Rentals(pages.next()) : null,
          scope -> refresher.refresh(scope, snapshot, version),
          cycle);
    }
  }

  /**
   * Runs scopes as one run of the ledger; nothing to do leaves no trace there.
   *
   * @param cycle the poll or the part of a sweep that it belongs to; null for a load
   * @return whether there was anything to do
   */
  private boolean runScopes(
      RunKind kind,
      long epoch,
      ScopeSource scopes,
      Function<RefreshScope, ScopeOutcome> refresh,
      @Nullable Step cycle) {
    RefreshScope first = scopes.next();
    if (first == null) {
      return false;
    }
    RunLedger.Run run = ledger.begin(kind, epoch);
    Boundary.RUN_BEGUN.reached();
    // After a failure it stays for the line that tells why the session has ended
    MDC.put(LogFields.RUN, Long.toString(run.id()));
    RunProgress progress = new RunProgress(run, ledger, quarantine, status, meters);
    // A range of the load is a trace of its own: the whole load would be one of hours
    Supplier<Step> steps = traces.elsewhere(kind == RunKind.LOAD ? "load" : "scope");
    try {
      job.run(
          startingWith(first, scopes),
          new TracedScopes(run.id(), options.destination(), steps, refresh),
          progress::record,
          run.id());
      progress.finish();
      MDC.remove(LogFields.RUN);
      return true;
    } catch (RuntimeException e) {
      progress.failed(e);
      ledger.finish(run, e);
      throw e;
    } finally {
      progress.end(cycle);
    }
  }

  private ScopeSource startingWith(RefreshScope first, ScopeSource rest) {
    List<RefreshScope> pending = new ArrayList<>(List.of(first));
    return () -> {
      if (pause.isStopping()) {
        throw new CancellationException("The worker is being stopped; the run goes on later");
      }
      return pending.isEmpty() ? rest.next() : pending.removeFirst();
    };
  }

  /** Refreshes a poll's scopes from the poll's own snapshot. */
  private final class PollRefresh implements ChangeFeed.ChangeRefresh {
    private final Refresher refresher;
    private final Lease lease;
    private long version;
    private @Nullable Step cycle;

    PollRefresh(Refresher refresher, Lease lease) {
      this.refresher = refresher;
      this.lease = lease;
    }

    void partOf(Step poll) {
      this.cycle = poll;
    }

    /**
     * A new one for each poll: another refresh may have drawn a version since the last one, and
     * what this poll reads later must not count as older.
     */
    @Override
    public void prepareVersion() {
      version = register.drawVersion();
    }

    @Override
    public void run(ScopeSource scopes, SourceSnapshot snapshot) {
      runScopes(
          RunKind.POLL,
          lease.epoch(),
          scopes,
          scope -> refresher.refresh(scope, snapshot, version),
          cycle);
    }
  }
}
