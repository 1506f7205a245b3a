package org.etlsandbox.soak.crash;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.etlsandbox.soak.WorkerJvm;
import org.etlsandbox.soak.crash.Progress.TargetState;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.opentest4j.TestAbortedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills workers at every boundary, or at random moments, and compares every row afterwards. */
@Command(
    name = "crash",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills worker processes with SIGKILL while Jupiter changes (deletes included), starts them"
          + " again, and compares every row with Jupiter's join: nothing lost, nothing doubled, no"
          + " version that goes back. A call with the same --data-dir goes on where the last one"
          + " ended. Mars and Venus are SQL Server where MARS_URL names one (databases are created"
          + " there), else a PostgreSQL stands in.",
      "Exit code 0: all survived; 1: something was lost, doubled or wrong."
    })
public final class CrashCommand implements Callable<Integer> {

  /** One lane that cannot work must not fill the disk with failures. */
  private static final int MAX_FAILURES = 5;

  private static final int PROGRESS_SECONDS = 10;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "random kills per destination, those of earlier calls included (200)")
  private int kills = 200;

  @Option(
      names = "--boundaries",
      description = "kill once at every named boundary instead of at random moments")
  private boolean boundaries;

  @Option(
      names = "--at",
      paramLabel = "PHASE:BOUNDARY",
      split = ",",
      description = "only these boundaries, again if need be, e.g. poll:committed")
  private List<String> at = new ArrayList<>();

  @Option(
      names = "--destinations",
      paramLabel = "NAME",
      split = ",",
      description = "mars, neptune, venus, clickhouse (all); they run at the same time")
  private List<String> destinations = List.of("mars", "neptune", "venus", "clickhouse");

  @Option(names = "--jupiter", description = "mariadb or mysql (mariadb)")
  private String jupiter = "mariadb";

  @Option(names = "--seed", description = "of data, churn and moments (1)")
  private long seed = 1;

  @Option(names = "--data-dir", description = "progress and logs (.etl-soak-crash)")
  private Path dataDirectory = Path.of(System.getProperty("etl.home", "."), ".etl-soak-crash");

  @Option(names = "--json", description = "print the summary as JSON")
  private boolean json;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @Override
  public Integer call() throws Exception {
    List<Target> targets =
        destinations.stream().map(name -> Target.valueOf(name.toUpperCase(Locale.ROOT))).toList();
    List<StopPoint> only = at.stream().map(StopPoint::parse).toList();
    EngineUnderTest source =
        switch (jupiter) {
          case "mariadb" -> TestEngines.mariaDb();
          case "mysql" -> TestEngines.mySql();
          default ->
              throw new IllegalArgumentException("--jupiter is mariadb or mysql, not " + jupiter);
        };
    Path directory = dataDirectory.toAbsolutePath().normalize();
    try {
      Progress progress = Progress.open(directory, seed, jupiter);
      err.printf("Jupiter: %s; progress and logs: %s%n", source.label(), directory);
      int before = failures(progress, targets);
      try (ExecutorService lanes = Executors.newFixedThreadPool(targets.size())) {
        List<Future<?>> running = new ArrayList<>();
        for (Target target : targets) {
          err.println("Destination: " + target.label());
          running.add(lanes.submit(() -> run(target, source, directory, only, progress)));
        }
        while (!running.stream().allMatch(Future::isDone)) {
          TimeUnit.SECONDS.sleep(PROGRESS_SECONDS);
          err.println(line(progress, targets));
        }
        for (Future<?> lane : running) {
          lane.get();
        }
      }
      report(progress, targets);
      return failures(progress, targets) > 0 || before > 0 ? 1 : 0;
    } catch (IllegalArgumentException | TestAbortedException e) {
      err.println("etl soak crash: " + e.getMessage());
      return 2;
    }
  }

  private void run(
      Target target,
      EngineUnderTest source,
      Path directory,
      List<StopPoint> only,
      Progress progress) {
    List<StopPoint> points = new ArrayList<>(only.isEmpty() ? StopPoint.of(target) : only);
    boolean random = !boundaries && only.isEmpty();
    if (only.isEmpty()) {
      points.removeIf(point -> progress.of(target).boundaries().contains(point.toString()));
    }
    int failed = 0;
    while (failed < MAX_FAILURES
        && (random ? progress.of(target).kills() < kills : !points.isEmpty())) {
      SplittableRandom moments =
          new SplittableRandom(
              seed * 1_000_003 + target.ordinal() * 10_007L + progress.of(target).kills());
      String doing = "while it began";
      try (Lane lane = new Lane(target, source, directory, moments)) {
        if (only.isEmpty()) {
          lane.train();
        }
        while (random ? progress.of(target).kills() < kills : !points.isEmpty()) {
          long began = System.nanoTime();
          if (random) {
            Phase phase = draw(moments);
            doing =
                "random kill %d, meant for %s".formatted(progress.of(target).kills() + 1, phase);
            String position = lane.killAnywhere(phase);
            progress.killed(target, position, (System.nanoTime() - began) / 1e9);
          } else {
            StopPoint point = points.removeFirst();
            doing = "killed at " + point;
            lane.killAt(point);
            progress.reached(target, point.toString(), (System.nanoTime() - began) / 1e9);
          }
        }
      } catch (SQLException | RuntimeException e) {
        if (WorkerJvm.isEnding()) {
          return; // the engines and the workers have been stopped under its feet
        }
        failed++;
        String what =
            "%s: %s: %s"
                .formatted(target.key(), doing, e instanceof WorkerFailure ? e.getMessage() : e);
        err.println(what);
        if (!(e instanceof WorkerFailure)) {
          e.printStackTrace(err);
        }
        progress.failed(target, what);
      }
    }
  }

  private static Phase draw(SplittableRandom random) {
    int percent = random.nextInt(100);
    return percent < 8
        ? Phase.LAUNCH
        : percent < 18
            ? Phase.START
            : percent < 34 ? Phase.LOAD : percent < 70 ? Phase.POLL : Phase.SWEEP;
  }

  private String line(Progress progress, List<Target> targets) {
    StringBuilder line = new StringBuilder();
    for (Target target : targets) {
      TargetState state = progress.of(target);
      int done = state.kills() + state.boundaries().size();
      line.append(
          "%s %s%s (%.1f s each)   "
              .formatted(
                  target.key(),
                  boundaries || !at.isEmpty()
                      ? state.boundaries().size() + " boundaries"
                      : "%d/%d kills".formatted(state.kills(), kills),
                  state.failures().isEmpty()
                      ? ""
                      : ", %d FAILED".formatted(state.failures().size()),
                  done == 0 ? 0 : state.seconds() / done));
    }
    return line.toString();
  }

  private void report(Progress progress, List<Target> targets) {
    if (json) {
      out.println(progress.json());
      return;
    }
    for (Target target : targets) {
      TargetState state = progress.of(target);
      out.printf(
          "%s: %d random kills %s, %d boundaries, %d failures%n",
          state.engine(),
          state.kills(),
          state.hits(),
          state.boundaries().size(),
          state.failures().size());
      state.failures().forEach(out::println);
    }
  }

  private static int failures(Progress progress, List<Target> targets) {
    return sum(targets, target -> progress.of(target).failures().size());
  }

  private static int sum(List<Target> targets, ToIntFunction<Target> number) {
    return targets.stream().mapToInt(number).sum();
  }
}
