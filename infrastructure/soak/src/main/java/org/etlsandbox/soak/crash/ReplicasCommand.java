package org.etlsandbox.soak.crash;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.etlsandbox.boundary.Boundary;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.soak.WorkerJvm;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.opentest4j.TestAbortedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Two replicas of each worker: SIGKILL of the leader, and a leader that sleeps and wakes up. */
@Command(
    name = "replicas",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs two processes of each worker. Kills the leader and measures how long the other one"
          + " takes (default lease). Then stops the leader with SIGSTOP at every named boundary, lets"
          + " the other one take over and write, and wakes the old one up: nothing old may reach"
          + " PostgreSQL or SQL Server, and on ClickHouse the sweep has to repair it. At last the"
          + " control database is restored from an older copy.",
      "Exit code 0: all held; 1: something old was written, or nobody took over."
    })
public final class ReplicasCommand implements Callable<Integer> {

  /** A destination that cannot work at all is not tried for ever. */
  private static final int MAX_FAILURES = 10;

  private static final double MAX_TAKE_OVER_SECONDS = 30;
  private static final StopPoint IN_A_WRITE = new StopPoint(Phase.POLL, Boundary.WRITE_ADMITTED);

  @Option(
      names = "--destinations",
      paramLabel = "NAME",
      split = ",",
      description = "mars, neptune, venus, clickhouse (all); they run at the same time")
  private List<String> destinations = List.of("mars", "neptune", "venus", "clickhouse");

  @Option(
      names = "--at",
      paramLabel = "PHASE:BOUNDARY",
      split = ",",
      description = "only these boundaries, and neither kill nor restore")
  private List<String> at = new ArrayList<>();

  @Option(
      names = "--skip-boundaries",
      description = "only the kill and the restored control database")
  private boolean skipBoundaries;

  @Option(names = "--jupiter", description = "mariadb or mysql (mariadb)")
  private String jupiter = "mariadb";

  @Option(names = "--data-dir", description = "logs (.etl-soak-replicas)")
  private Path dataDirectory = Path.of(System.getProperty("etl.home", "."), ".etl-soak-replicas");

  @Option(names = "--json", description = "print the results as JSON")
  private boolean json;

  private final PrintStream err = System.err;
  private final Map<String, Map<String, Object>> results = new ConcurrentHashMap<>();

  @Override
  public Integer call() throws Exception {
    List<Target> targets =
        destinations.stream().map(name -> Target.valueOf(name.toUpperCase(Locale.ROOT))).toList();
    EngineUnderTest source = jupiter.equals("mysql") ? TestEngines.mySql() : TestEngines.mariaDb();
    Path directory = dataDirectory.toAbsolutePath().normalize();
    Files.createDirectories(directory);
    try {
      err.printf("Jupiter: %s; logs: %s%n", source.label(), directory);
      for (Target target : targets) {
        err.println("Destination: " + target.label());
      }
    } catch (TestAbortedException | EngineUnavailableException e) {
      err.println("etl soak replicas: " + e.getMessage());
      return 2;
    }
    try (ExecutorService lanes = Executors.newFixedThreadPool(targets.size())) {
      List<Future<Integer>> running = new ArrayList<>();
      for (Target target : targets) {
        running.add(lanes.submit(() -> new Lane(target, source, directory).run()));
      }
      int failures = 0;
      for (Future<Integer> lane : running) {
        failures += lane.get();
      }
      if (json) {
        System.out.println(
            JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(results));
      } else {
        System.out.printf(
            "%d cases, %d failures%n",
            results.values().stream().mapToInt(Map::size).sum(), failures);
      }
      return failures > 0 ? 1 : 0;
    }
  }

  /** The cases of one destination, one after the other. */
  private final class Lane {
    private final Target target;
    private final EngineUnderTest source;
    private final Path directory;
    private final Map<String, Object> outcomes = new LinkedHashMap<>();
    private int failures;
    private int number;
    private int cases;

    Lane(Target target, EngineUnderTest source, Path directory) {
      this.target = target;
      this.source = source;
      this.directory = directory;
      results.put(target.key(), outcomes);
    }

    int run() {
      List<StopPoint> points = points();
      cases = points.size() + (at.isEmpty() ? 2 : 0);
      List<StopPoint> rest = new ArrayList<>(points);
      if (at.isEmpty()) {
        with(
            "15s", replicas -> run("sigkill of the leader, default lease", () -> killed(replicas)));
      }
      while (!rest.isEmpty() && failures < MAX_FAILURES) {
        with(
            "3s",
            replicas -> {
              boolean held = true;
              while (held && !rest.isEmpty()) {
                StopPoint point = rest.removeFirst();
                held = run("paused at " + point, () -> told(replicas.pauseLeaderAt(point)));
              }
            });
      }
      if (at.isEmpty()) {
        with(
            "3s",
            replicas ->
                run(
                    "control restored, old leader paused at " + IN_A_WRITE,
                    () -> told(replicas.restoreControl(IN_A_WRITE))));
      }
      return failures;
    }

    private List<StopPoint> points() {
      if (skipBoundaries) {
        return List.of();
      }
      return at.isEmpty() ? StopPoint.of(target) : at.stream().map(StopPoint::parse).toList();
    }

    private Object killed(Replicas replicas) throws SQLException {
      double seconds = replicas.killLeader();
      if (seconds > MAX_TAKE_OVER_SECONDS) {
        throw new WorkerFailure("The other one took over after %.1f s".formatted(seconds));
      }
      return "took over after %.1f s".formatted(seconds);
    }

    private String told(Replicas.Awakening awakening) {
      return "took over after %.1f s, %s"
          .formatted(
              awakening.takeOverSeconds(),
              awakening.staleSeen()
                  ? "old rows seen, repaired %.1f s after it woke up"
                      .formatted(awakening.repairSeconds())
                  : "nothing old written");
    }

    private void with(String lease, Work work) {
      try (Replicas replicas = new Replicas(target, source, directory, lease)) {
        if (at.isEmpty()) {
          replicas.train();
        }
        work.with(replicas);
      } catch (SQLException | RuntimeException e) {
        failures++;
        if (WorkerJvm.isEnding()) {
          return; // the engines and the workers have been stopped under its feet
        }
        err.println(target.key() + ": " + e);
      }
    }

    /** False when it failed: then nothing can be built on these processes. */
    private boolean run(String name, Case work) {
      number++;
      try {
        Object outcome = work.run();
        outcomes.put(name, outcome);
        err.printf("%s %d/%d %s: %s%n", target.key(), number, cases, name, outcome);
        return true;
      } catch (SQLException | RuntimeException e) {
        failures++;
        if (WorkerJvm.isEnding()) {
          return false;
        }
        String what = e instanceof WorkerFailure ? String.valueOf(e.getMessage()) : e.toString();
        outcomes.put(name, "FAILED: " + what);
        err.printf("%s %d/%d %s: FAILED: %s%n", target.key(), number, cases, name, what);
        return false;
      }
    }
  }

  private interface Work {
    void with(Replicas replicas) throws SQLException;
  }

  private interface Case {
    Object run() throws SQLException;
  }
}
