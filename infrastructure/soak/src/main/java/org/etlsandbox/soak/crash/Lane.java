package org.etlsandbox.soak.crash;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.jspecify.annotations.Nullable;

/** One worker with a Jupiter, a control database and a destination of its own. For one thread. */
final class Lane implements AutoCloseable {

  /** Short, so that a kill hits work and not a pause. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "etl.poll.interval", "150ms",
          "etl.poll.batch-size", "50",
          "etl.load.range-size", "100",
          "etl.sweep.interval", "1s",
          "etl.sweep.range-size", "500",
          "etl.sweep.max-rows-per-second", "0",
          "etl.lease.duration", "3s");

  /** Generous: on a busy machine a worker has been seen to start in 85 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Until changes are older than the watermark that a poll may set. */
  private static final int BACKLOG_MILLIS = 2_300;

  /** Checks between two merges on ClickHouse: most of the time rows of one key are unmerged. */
  private static final int CHECKS_A_MERGE = 5;

  private final Target target;
  private final Path directory;
  private final RandomGenerator random;
  private final Shop shop;
  private final Copy copy;
  private TestDatabase control;
  private @Nullable WorkerProcess worker;
  private int checks;

  Lane(Target target, EngineUnderTest jupiter, Path directory, RandomGenerator random)
      throws SQLException {
    this.target = target;
    this.directory = directory;
    this.random = random;
    this.copy = new Copy(target);
    this.control = TestEngines.postgreSql().newDatabase();
    this.shop = new Shop(jupiter, random.nextLong(1, 1_000_000));
    shop.disturb(random);
  }

  /** Makes the many starts to come quick ones. */
  void train() {
    WorkerProcess.train(target, databases(), directory, SETTINGS);
  }

  private WorkerProcess.Databases databases() {
    return new WorkerProcess.Databases(shop.database(), control, copy.database());
  }

  /**
   * Kills the worker exactly there, starts it again and compares everything.
   *
   * @throws WorkerFailure when it never came there, or did not mend itself
   */
  void killAt(StopPoint point) throws SQLException {
    WorkerProcess victim;
    if (point.phase() == Phase.START || point.phase() == Phase.LOAD) {
      victim = launchAnew(point);
      shop.open(random.nextLong());
    } else {
      victim = following();
      shop.open(random.nextLong());
      if (point.phase() == Phase.POLL) {
        haltWithBacklog(victim, BACKLOG_MILLIS);
        shop.disturb(random);
        victim.page().arm(point);
        victim.page().release();
      } else {
        shop.disturb(random);
        victim.page().arm(point); // it may halt there at once: not to be released
      }
    }
    victim.await("reached " + point, PATIENCE, victim.page()::halted);
    kill(victim);
    // At once: a change that was lost would be mended by the next one of the same rental
    shop.pause();
    recover();
  }

  /**
   * Kills the worker at a random moment of a phase, starts it again and compares everything.
   *
   * @return where it was killed
   */
  String killAnywhere(Phase phase) throws SQLException {
    WorkerProcess victim;
    switch (phase) {
      case LAUNCH, START -> {
        victim = launchAnew(null);
        shop.open(random.nextLong());
        if (phase == Phase.START) {
          awaitPhase(victim, Phase.START);
          WorkerProcess.pause(random.nextInt(150));
        } else {
          WorkerProcess.pause(random.nextInt(500, 4_000));
        }
      }
      case LOAD -> {
        victim = launchAnew(new StopPoint(Phase.LOAD, Boundary.LOAD_BEGUN));
        shop.open(random.nextLong());
        victim.await("began the load", PATIENCE, victim.page()::halted);
        victim.page().release();
        awaitWork(victim, random.nextInt(200));
      }
      default -> {
        victim = following();
        shop.open(random.nextLong());
        shop.disturb(random);
        if (phase == Phase.POLL && random.nextInt(3) == 0) {
          haltWithBacklog(victim, random.nextInt(BACKLOG_MILLIS));
          victim.page().release();
        } else {
          WorkerProcess.pause(random.nextInt(100, 1_000));
          victim.reaches(Duration.ofSeconds(2), () -> victim.page().phase() == phase);
        }
        awaitWork(victim, random.nextInt(60));
      }
    }
    String position = victim.page().position();
    kill(victim);
    if (random.nextInt(4) != 0) {
      shop.pause(); // else what was lost is mended by the next change of the same rental
    }
    recover();
    return position;
  }

  /** Lets it go on for that many boundaries, and a moment. */
  private void awaitWork(WorkerProcess victim, int boundaries) {
    int count = victim.page().count() + boundaries;
    victim.reaches(Duration.ofMillis(1_500), () -> victim.page().count() >= count);
    WorkerProcess.pause(random.nextInt(12));
  }

  /** Stops before a poll while changes go on, so that the poll finds some behind its watermark. */
  private void haltWithBacklog(WorkerProcess victim, int millis) {
    victim.page().arm(new StopPoint(Phase.POLL, Boundary.POLL_BEGUN));
    victim.await("began a poll", PATIENCE, victim.page()::halted);
    WorkerProcess.pause(millis);
  }

  private static void awaitPhase(WorkerProcess process, Phase phase) {
    process.await("came to " + phase, PATIENCE, () -> process.page().phase().compareTo(phase) >= 0);
  }

  private void kill(WorkerProcess victim) {
    victim.close();
    worker = null;
  }

  /** A process that has only just been started; for a load into an empty destination. */
  private WorkerProcess launchAnew(@Nullable StopPoint armed) throws SQLException {
    if (worker != null) {
      kill(worker);
    }
    if (armed != null && armed.phase() == Phase.LOAD) {
      shop.disturb(random); // what the load has to put into quarantine
      copy.empty();
    }
    return launch("worker", armed);
  }

  private WorkerProcess launch(String name, @Nullable StopPoint armed) {
    WorkerProcess started =
        WorkerProcess.start(
            target, databases(), directory, target.key() + "-" + name, armed, SETTINGS);
    worker = started;
    return started;
  }

  private WorkerProcess following() throws SQLException {
    if (worker == null) {
      recover();
    }
    return Objects.requireNonNull(worker);
  }

  /** Starts the worker again, lets the shop rest, and compares when the worker has caught up. */
  private void recover() throws SQLException {
    WorkerProcess started = launch("worker", null);
    awaitPhase(started, Phase.POLL);
    shop.pause();
    awaitEqual(started);
  }

  private void awaitEqual(WorkerProcess process) throws SQLException {
    List<String> expected = shop.rows();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> actual = copy.rows();
    while (!actual.equals(expected)) {
      if (System.nanoTime() > deadline) {
        throw new WorkerFailure(
            "Not equal to Jupiter's join within %d s; expected (-) and actual (+):%n%s%nThe end of the log:%n%s"
                .formatted(
                    PATIENCE.toSeconds(),
                    String.join(System.lineSeparator(), Copy.differences(expected, actual)),
                    process.logEnd()));
      }
      process.reaches(Duration.ofMillis(60), () -> false);
      actual = copy.rows();
    }
    List<String> wrong = copy.check(++checks % CHECKS_A_MERGE == 0);
    if (!wrong.isEmpty()) {
      throw new WorkerFailure(String.join(System.lineSeparator(), wrong));
    }
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
    shop.close();
    control.close();
    copy.close();
  }
}
