package org.etlsandbox.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.etlsandbox.change.PollResult;
import org.etlsandbox.destination.RefreshResult;
import org.etlsandbox.sweep.Sweep;
import org.jspecify.annotations.Nullable;

/** What the loop tells about itself, readable by any thread at any time. */
public final class WorkerStatus {

  /** Longer than a poll of few changes takes, and a step of a sweep. */
  private static final Duration POLL_LIMIT = Duration.ofSeconds(10);

  private final Duration inStepWithin;
  private volatile WorkerState state = WorkerState.STARTING;
  private volatile @Nullable String error;
  private volatile @Nullable String engine;
  private volatile @Nullable String source;
  private volatile List<String> hints = List.of();
  private volatile boolean loaded;
  private volatile long loadedTo;
  private volatile long loadTo;
  private volatile long pollStarted; // of the last completed poll, nanoTime; 0 before the first
  private volatile Duration heldFor = Duration.ZERO;
  private volatile @Nullable String heldBy;
  private volatile long refreshing;
  private volatile long sweepEnded; // nanoTime; 0 before the first
  private final Circuit circuit;
  private final AtomicLong sweepFound = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final WriteRate rate = new WriteRate();

  WorkerStatus(Circuit circuit, Duration longestPause) {
    this.circuit = circuit;
    this.inStepWithin = longestPause.plus(POLL_LIMIT);
  }

  /** How sessions begin and end. */
  public Circuit circuit() {
    return circuit;
  }

  void engine(String name) {
    engine = name;
  }

  void source(String name, List<String> advice) {
    source = name;
    hints = advice;
  }

  void waiting() {
    state = WorkerState.WAITING;
    error = null;
    circuit.succeeded();
  }

  void failing(String reason) {
    state = WorkerState.FAILING;
    error = reason;
  }

  void stopped(String reason) {
    state = WorkerState.STOPPED;
    error = reason;
    circuit.gaveUp();
  }

  void rows(long count) {
    rows.set(count);
  }

  void loading(long from, long to) {
    state = WorkerState.LOADING;
    error = null;
    loaded = false;
    loadedTo = from;
    loadTo = to;
  }

  void loadedTo(long rentalId) {
    loadedTo = Math.max(loadedTo, rentalId);
    circuit.succeeded();
  }

  void loaded() {
    loaded = true;
    loadedTo = loadTo;
  }

  /** Whether the initial load is done: everything is committed and recorded. */
  public boolean isLoaded() {
    return loaded;
  }

  void following() {
    state = WorkerState.FOLLOWING;
    error = null;
    circuit.succeeded();
  }

  void polled(long startedNanos, PollResult result) {
    heldFor = result.heldFor();
    heldBy = result.held();
    pollStarted = startedNanos;
    following();
  }

  void held(Duration duration, @Nullable String reason) {
    heldFor = duration;
    heldBy = reason;
  }

  void wrote(RefreshResult result) {
    rows.addAndGet(result.inserted() - result.tombstoned());
    rate.add(result.written());
  }

  /** How far the run under way has come; 0 when none is. */
  void refreshed(long rentals) {
    refreshing = rentals;
  }

  void swept(Sweep.Slice slice) {
    sweepFound.addAndGet(slice.differing().length);
    if (slice.last()) {
      sweepEnded = System.nanoTime();
    }
  }

  public WorkerState state() {
    return state;
  }

  public @Nullable String error() {
    return error;
  }

  public @Nullable String engine() {
    return engine;
  }

  public @Nullable String source() {
    return source;
  }

  public List<String> hints() {
    return hints;
  }

  /** Live rows in the destination, as counted at the start of the session and kept since. */
  public long rows() {
    return rows.get();
  }

  public double rowsPerSecond() {
    return rate.perSecond();
  }

  /**
   * Loaded, and the last completed poll, which has left nothing unprocessed, began no longer ago
   * than the longest pause between two polls and 10 s. So false while a poll has much to refresh,
   * or does not end.
   */
  public boolean inStep() {
    Duration behind = behind();
    return state == WorkerState.FOLLOWING
        && loaded
        && behind != null
        && behind.compareTo(inStepWithin) <= 0;
  }

  /** Since the last completed poll began; null before the first one has completed. */
  public @Nullable Duration behind() {
    long started = pollStarted;
    return started == 0 ? null : Duration.ofNanos(System.nanoTime() - started);
  }

  /** Since all keys have last been compared; null before the first time. */
  public @Nullable Duration sinceSweep() {
    long ended = sweepEnded;
    return ended == 0 ? null : Duration.ofNanos(System.nanoTime() - ended);
  }

  /** Rentals that sweeps have found to differ, since the process began. */
  public long sweepFound() {
    return sweepFound.get();
  }

  /** Rentals that the poll or the repair under way has refreshed so far; 0 when none is. */
  public long refreshing() {
    return refreshing;
  }

  public Duration heldFor() {
    return heldFor;
  }

  public @Nullable String heldBy() {
    return heldBy;
  }

  /** The highest rental id that the load has reached. */
  public long loadedTo() {
    return loadedTo;
  }

  /** The rental id at which the load ends; 0 when none was needed. */
  public long loadTo() {
    return loadTo;
  }
}
