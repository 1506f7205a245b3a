package org.etlsandbox.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.etlsandbox.source.Change;
import org.etlsandbox.source.ChangeKey;
import org.etlsandbox.source.ChangePage;
import org.etlsandbox.source.ChangePosition;
import org.etlsandbox.source.RowDigest;
import org.etlsandbox.source.SettleOptions;
import org.etlsandbox.source.Settled;
import org.etlsandbox.source.SettledClock;
import org.etlsandbox.source.SourceSnapshot;
import org.etlsandbox.source.SourceTable;

/**
 * Polls the customers as a worker does, in the background: settle, read what changed since the
 * watermark in a new snapshot, move the watermark. Keeps the state in which it saw each row.
 */
final class PollLoop implements AutoCloseable {

  static final SettleOptions OBSERVING =
      new SettleOptions(Duration.ofSeconds(5), false, Duration.ofHours(1));

  private static final Duration PAUSE = Duration.ofMillis(150);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JupiterSource source;
  private final SettledClock clock;
  private final Map<ChangeKey, RowDigest> seen;
  private final List<Settled> answers = new ArrayList<>();
  private final Thread thread;
  private Instant watermark;
  private volatile boolean stopped;
  private volatile Throwable failure;

  /** Returns when everything that is there has been read once, and polling has begun. */
  PollLoop(JupiterSource source) throws InterruptedException {
    this.source = source;
    this.clock = source.settledClock(OBSERVING);
    Instant settled = clock.settle().settled();
    while (settled == null) {
      Thread.sleep(PAUSE);
      settled = clock.settle().settled();
    }
    this.watermark = settled;
    this.seen = stateSince(source, Instant.EPOCH);
    this.thread = Thread.ofVirtual().name("poll-loop").start(this::run);
  }

  private void run() {
    try {
      while (!stopped) {
        poll();
        Thread.sleep(PAUSE);
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  private void poll() {
    Settled settled = clock.settle();
    Map<ChangeKey, RowDigest> changed = stateSince(source, watermark());
    synchronized (this) {
      seen.putAll(changed);
      answers.add(settled);
      Instant moment = settled.settled();
      if (moment != null && moment.isAfter(watermark)) {
        watermark = moment;
      }
    }
  }

  synchronized Instant watermark() {
    return watermark;
  }

  /** What the clock has answered so far. */
  synchronized List<Settled> answers() {
    return List.copyOf(answers);
  }

  /** Jupiter's clock. */
  Instant now() {
    return source.settledClock(new SettleOptions(Duration.ZERO, true, PATIENCE)).settle().now();
  }

  /** The first so many answers given from now on, without those before the moment. */
  List<Settled> awaitAnswers(int count, Instant since) throws InterruptedException {
    int known = answers().size();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (answers().size() < known + count) {
      assertThat(failure).isNull();
      assertThat(System.nanoTime()).as("the loop polls").isLessThan(deadline);
      Thread.sleep(PAUSE);
    }
    return answers().stream().skip(known).filter(one -> !one.now().isBefore(since)).toList();
  }

  /** Waits until a poll's watermark is later than now: all that is committed has had its turn. */
  void awaitEverything() throws InterruptedException {
    Instant now = now();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!watermark().isAfter(now)) {
      assertThat(failure).isNull();
      assertThat(System.nanoTime())
          .as("the watermark must pass %s, last answer %s", now, answers().getLast())
          .isLessThan(deadline);
      Thread.sleep(PAUSE);
    }
  }

  /** Fails when a row was never seen, or only in an old state. */
  void expectNothingMissed() {
    assertThat(failure).isNull();
    Map<ChangeKey, RowDigest> truth = stateSince(source, Instant.EPOCH);
    synchronized (this) {
      Map<ChangeKey, RowDigest> old = new TreeMap<>(seen);
      old.entrySet().removeAll(truth.entrySet());
      assertThat(old).as("rows that were seen in an old state only").isEmpty();
      assertThat(seen.keySet()).as("rows that were seen").isEqualTo(truth.keySet());
    }
  }

  private static Map<ChangeKey, RowDigest> stateSince(JupiterSource source, Instant since) {
    Map<ChangeKey, RowDigest> state = new TreeMap<>();
    try (SourceSnapshot snapshot = source.snapshot()) {
      ChangePosition position = ChangePosition.startingAt(since);
      while (position != null) {
        ChangePage page = snapshot.changes(SourceTable.CUSTOMER, position, 100);
        for (Change change : page.changes()) {
          state.put(change.key(), change.digest());
        }
        position = page.next();
      }
    }
    return state;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
