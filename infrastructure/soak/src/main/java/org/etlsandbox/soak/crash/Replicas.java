package org.etlsandbox.soak.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.jspecify.annotations.Nullable;

/** Two processes of one worker, of which one leads. For one thread. */
final class Replicas implements AutoCloseable {

  /** Generous: on a busy machine a worker has been seen to start in 85 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Until a sweep, which begins every second here, has repaired what it can. */
  private static final Duration REPAIR = Duration.ofSeconds(60);

  private final Target target;
  private final Path directory;
  private final Map<String, String> settings;
  private final Shop shop;
  private final Copy copy;
  private final TestDatabase control;
  private @Nullable WorkerProcess leader;
  private @Nullable WorkerProcess standby;
  private int started;
  private int traps;

  /**
   * @param lease how long a lease lasts, e.g. {@code 3s}
   */
  Replicas(Target target, EngineUnderTest jupiter, Path directory, String lease)
      throws SQLException {
    this.target = target;
    this.directory = directory;
    this.settings = new HashMap<>(Lane.SETTINGS);
    this.settings.put("etl.lease.duration", lease);
    this.copy = new Copy(target);
    this.control = TestEngines.postgreSql().newDatabase();
    this.shop = new Shop(jupiter, 1);
  }

  /** Makes the many starts to come quick ones. */
  void train() {
    WorkerProcess.train(target, databases(), directory, settings);
  }

  /** What was seen when an old leader woke up. */
  record Awakening(double takeOverSeconds, boolean staleSeen, double repairSeconds) {}

  private WorkerProcess.Databases databases() {
    return new WorkerProcess.Databases(shop.database(), control, copy.database());
  }

  private WorkerProcess launch(@Nullable StopPoint armed) {
    return WorkerProcess.start(
        target,
        databases(),
        directory,
        "%s-replica-%d".formatted(target.key(), ++started % 2),
        armed,
        settings);
  }

  private static boolean follows(WorkerProcess process) {
    Phase phase = process.page().phase();
    return phase == Phase.POLL || phase == Phase.SWEEP;
  }

  private static boolean waits(WorkerProcess process) {
    return process.page().phase() == Phase.WAITING;
  }

  /** One follows and one waits, and the copy is right. */
  private void assemble() throws SQLException {
    WorkerProcess one = leader;
    if (one == null) {
      one = launch(null);
      leader = one;
      one.await("follows", PATIENCE, () -> follows(Objects.requireNonNull(leader)));
    }
    WorkerProcess other = standby;
    if (other == null) {
      other = launch(null);
      standby = other;
    }
    WorkerProcess waiting = other;
    waiting.await("waits for the lease", PATIENCE, () -> waits(waiting));
    awaitEqual(one, PATIENCE);
  }

  /**
   * Kills the leader with SIGKILL.
   *
   * @return seconds until the other one has polled
   */
  double killLeader() throws SQLException {
    assemble();
    WorkerProcess dies = Objects.requireNonNull(leader);
    WorkerProcess follows = Objects.requireNonNull(standby);
    shop.open(1);
    int asked = follows.page().count();
    for (int i = 0; i < 200; i++) {
      WorkerProcess.pause(10);
      if (!waits(follows)) {
        throw new WorkerFailure(
            "Both replicas work: the other one is at " + follows.page().position());
      }
    }
    if (follows.page().count() == asked) {
      throw new WorkerFailure("The standby has not asked for the lease in 2 s");
    }
    long killed = System.nanoTime();
    dies.close();
    leader = follows;
    standby = null;
    follows.await("took over", PATIENCE, () -> follows(follows));
    double seconds = (System.nanoTime() - killed) / 1e9;
    shop.pause();
    awaitEqual(follows, PATIENCE);
    return seconds;
  }

  /** Pauses the leader exactly there, lets the other one take over and write, and wakes it up. */
  Awakening pauseLeaderAt(StopPoint point) throws SQLException {
    return pauseLeaderAt(point, () -> {});
  }

  private Awakening pauseLeaderAt(StopPoint point, Between between) throws SQLException {
    Trap trap = new Trap(shop, ++traps);
    WorkerProcess old = haltedAt(point, trap);
    old.freeze();
    try {
      return overtake(old, trap, between);
    } finally {
      old.thaw();
    }
  }

  /** What happens while the old leader sleeps, before another one takes over. */
  private interface Between {
    void run() throws SQLException;
  }

  private WorkerProcess haltedAt(StopPoint point, Trap trap) throws SQLException {
    WorkerProcess old;
    if (point.phase() == Phase.START || point.phase() == Phase.LOAD) {
      close(leader);
      close(standby);
      leader = null;
      standby = null;
      if (point.phase() == Phase.LOAD) {
        copy.empty();
      }
      trap.prepare();
      if (point.phase() == Phase.LOAD) {
        trap.set();
      }
      old = launch(point);
      leader = old;
      old.await("has the lease", PATIENCE, () -> old.page().phase().compareTo(Phase.START) >= 0);
      old.await("reached " + point, PATIENCE, old.page()::halted);
      if (point.phase() == Phase.START) {
        trap.set();
      }
      standby = launch(null);
    } else {
      trap.prepare();
      assemble();
      old = Objects.requireNonNull(leader);
      old.page().arm(new StopPoint(Phase.POLL, Boundary.POLL_BEGUN));
      old.await("began a poll", PATIENCE, old.page()::halted);
      old.page().arm(point);
      trap.set();
      old.page().release();
      old.await("reached " + point, PATIENCE, old.page()::halted);
    }
    return old;
  }

  private Awakening overtake(WorkerProcess old, Trap trap, Between between) throws SQLException {
    long paused = System.nanoTime();
    trap.undo();
    between.run();
    WorkerProcess next = standby == null ? launch(null) : standby;
    standby = next;
    next.await("took over", PATIENCE, () -> follows(next));
    double takeOver = (System.nanoTime() - paused) / 1e9;
    List<String> expected = awaitEqual(next, PATIENCE);
    old.page().release();
    old.thaw();
    long woken = System.nanoTime();
    boolean stale = false;
    BooleanSupplier settled = () -> (waits(old) && follows(next)) || (waits(next) && follows(old));
    List<String> seen = new ArrayList<>();
    while (!settled.getAsBoolean()) {
      stale |= differs(expected, seen);
      if ((System.nanoTime() - woken) / 1e9 > PATIENCE.toSeconds()) {
        throw new WorkerFailure(
            "Who leads is not settled: the old leader is at %s, the new one at %s"
                .formatted(old.page().position(), next.page().position()));
      }
      old.reaches(Duration.ofMillis(10), () -> false);
    }
    stale |= differs(expected, seen);
    if (stale && target != Target.CLICKHOUSE) {
      throw new WorkerFailure(
          "The old leader has written:%n%s".formatted(String.join(System.lineSeparator(), seen)));
    }
    boolean oldLeads = follows(old);
    leader = oldLeads ? old : next;
    standby = oldLeads ? next : old;
    awaitEqual(leader, REPAIR);
    awaitQuarantine(leader);
    return new Awakening(takeOver, stale, stale ? (System.nanoTime() - woken) / 1e9 : 0);
  }

  private boolean differs(List<String> expected, List<String> seen) throws SQLException {
    List<String> differences = Copy.differences(expected, copy.rows());
    if (!differences.isEmpty()) {
      seen.clear();
      seen.addAll(differences);
    }
    return !differences.isEmpty();
  }

  /**
   * Restores the control database from a copy that knows nothing of the last leaderships, while one
   * of their leaders sleeps.
   */
  Awakening restoreControl(StopPoint point) throws SQLException {
    assemble();
    close(leader);
    close(standby);
    leader = null;
    standby = null;
    try (TestDatabase other = TestEngines.postgreSql().newDatabase()) {
      String older = control.name() + "_older";
      other.execute("CREATE DATABASE %s TEMPLATE %s".formatted(older, control.name()));
      assemble();
      shop.open(2);
      WorkerProcess.pause(3_000);
      shop.pause();
      killLeader();
      return pauseLeaderAt(
          point,
          () -> {
            close(standby);
            standby = null;
            other.execute("DROP DATABASE %s WITH (FORCE)".formatted(control.name()));
            other.execute("CREATE DATABASE %s TEMPLATE %s".formatted(control.name(), older));
            other.execute("DROP DATABASE " + older);
          });
    }
  }

  /** Returns Jupiter's rows when the copy has them, with no version that went back. */
  private List<String> awaitEqual(WorkerProcess process, Duration patience) throws SQLException {
    List<String> expected = shop.rows();
    long deadline = System.nanoTime() + patience.toNanos();
    List<String> actual = copy.rows();
    while (!actual.equals(expected)) {
      if (System.nanoTime() > deadline) {
        throw new WorkerFailure(
            "Not equal to Jupiter's join within %d s; expected (-) and actual (+):%n%s%nThe end of the log:%n%s"
                .formatted(
                    patience.toSeconds(),
                    String.join(System.lineSeparator(), Copy.differences(expected, actual)),
                    process.logEnd()));
      }
      process.reaches(Duration.ofMillis(60), () -> false);
      actual = copy.rows();
    }
    List<String> wrong = copy.check(false);
    if (!wrong.isEmpty()) {
      throw new WorkerFailure(String.join(System.lineSeparator(), wrong));
    }
    return expected;
  }

  /** What the old leader has recorded of a rental that is sound by now goes with the sweep. */
  private void awaitQuarantine(WorkerProcess process) throws SQLException {
    Set<String> expected = shop.inexact();
    long deadline = System.nanoTime() + REPAIR.toNanos();
    Set<String> actual = quarantined();
    while (!actual.equals(expected)) {
      if (System.nanoTime() > deadline) {
        throw new WorkerFailure(
            "In quarantine are %s, not %s, after %d s. The end of the log:%n%s"
                .formatted(actual, expected, REPAIR.toSeconds(), process.logEnd()));
      }
      process.reaches(Duration.ofMillis(60), () -> false);
      actual = quarantined();
    }
  }

  private Set<String> quarantined() throws SQLException {
    Set<String> rentals = new TreeSet<>();
    try (Connection connection = control.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT rental_id FROM quarantine")) {
      while (row.next()) {
        rentals.add(row.getString(1));
      }
    }
    return rentals;
  }

  private static void close(@Nullable WorkerProcess process) {
    if (process != null) {
      process.close();
    }
  }

  @Override
  public void close() {
    close(leader);
    close(standby);
    shop.close();
    control.close();
    copy.close();
  }
}
