package org.etlsandbox.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.etlsandbox.stack.BringUp.InStep;
import org.etlsandbox.stack.BringUp.TimedOut;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.DirectoryLock;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.plan.Agreement;
import org.etlsandbox.stack.plan.Durations;
import org.etlsandbox.stack.plan.ExternalServer;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.StackOptions;
import org.etlsandbox.stack.plan.UpRequest;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.DestinationStatus;
import org.etlsandbox.stack.state.Phase;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StateFile;
import org.etlsandbox.stack.state.StoreState;
import org.etlsandbox.stack.view.Card;
import org.etlsandbox.stack.view.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Starts the stack, or finds it running, and waits until all destinations are in step. Exit code 0:
 * they are; 4: they are, but an engine is missing; 1: they are not, and what this command had
 * started is stopped again.
 */
@Command(name = "up")
final class UpCommand implements Callable<Integer> {

  private static final int ENGINE_MISSING = 4;
  private static final String DEFAULT_TIMEOUT = "180s";
  private static final long LEAST_SUGGESTED_SECONDS = 180;
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 50;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--jupiter", paramLabel = "mariadb|mysql")
  private @Nullable String jupiter;

  @Option(names = "--rentals", paramLabel = "N")
  private @Nullable Long rentals;

  @Option(names = "--seed", paramLabel = "N")
  private @Nullable Long seed;

  @Option(names = "--churn", paramLabel = "N")
  private @Nullable Integer churn;

  @Option(names = "--churn-deletes")
  private boolean churnDeletes;

  @Option(names = "--churn-for", paramLabel = "DURATION")
  private @Nullable String churnFor;

  @Option(names = "--fresh")
  private boolean fresh;

  @Option(names = "--port-base", paramLabel = "N")
  private @Nullable Integer portBase;

  @Option(names = "--processes")
  private boolean processes;

  @Option(names = "--foreground")
  private boolean foreground;

  @Option(names = "--timeout", paramLabel = "DURATION")
  private String timeout = DEFAULT_TIMEOUT;

  @Option(names = "--json")
  private boolean json;

  private final Terminal progress = Terminal.standardError();

  @Override
  public Integer call() throws InterruptedException {
    Duration patience = Durations.parse("--timeout", timeout);
    DataDirectory directory = common.directory();
    UpRequest request = request(directory.root());
    if (!fresh) {
      directory.requireUsable();
    }
    directory.make();
    SupervisorProcess started = null;
    StackState running;
    try (DirectoryLock held = lock(directory)) {
      // why: one that is stopping is waited for below
      Optional<StackState> found =
          new StateFile(directory).running().filter(state -> state.phase() != Phase.STOPPING);
      if (found.isPresent()) {
        running = found.get();
        joinRunning(request, running);
      } else {
        Preparation preparation = new Preparation(directory, common.shell(), progress);
        StackOptions options = preparation.prepare(request, fresh);
        started = SupervisorProcess.start(options, directory, foreground, common.debug());
        running = preparation.awaitFirstWord(started);
      }
    }
    return started == null
        ? follow(directory, running, patience)
        : followOwn(directory, running, started, patience);
  }

  private UpRequest request(Path dataDirectory) {
    return new UpRequest(
        dataDirectory,
        rentals,
        seed,
        jupiter,
        churn,
        churnDeletes,
        churnFor == null ? null : Durations.parse("--churn-for", churnFor),
        processes,
        portBase,
        ExternalServer.from(System.getenv()));
  }

  private static DirectoryLock lock(DataDirectory directory) throws InterruptedException {
    return DirectoryLock.forCommand(directory, LOCK_PATIENCE)
        .orElseThrow(() ->
            StackFailure.failed(
                "Another ./etl has been starting or stopping the stack in %s for %s: wait for it, then try again."
                    .formatted(directory, Durations.format(LOCK_PATIENCE))));
  }

  private void joinRunning(UpRequest request, StackState running) {
    if (fresh || foreground) {
      throw StackFailure.failed(
          "The stack runs already (process %d), so %s cannot be: './etl down%s' first%s."
              .formatted(
                  running.pid(),
                  fresh ? "--fresh" : "--foreground",
                  common.again(),
                  fresh ? "" : ", or './etl watch" + common.again() + "'"));
    }
    new Agreement(request).requireSame(running.options(), common.again());
    progress
        .out()
        .println(
            "The stack runs already in %s (process %d)."
                .formatted(common.directory(), running.pid()));
  }

  private int follow(DataDirectory directory, StackState running, Duration patience)
      throws InterruptedException {
    ProcessHandle supervisor = ProcessHandle.of(running.pid()).orElse(null);
    BringUp bringUp =
        new BringUp(
            directory, running.pid(), () -> supervisor != null && supervisor.isAlive(), progress);
    return switch (bringUp.follow(patience)) {
      case InStep inStep -> finish(directory, inStep);
      case TimedOut late ->
          throw StackFailure.failed(
              "%s It goes on in the background: './etl watch%s' shows how far it is."
                  .formatted(late.where(), common.again()));
    };
  }

  /** Whatever goes wrong, nothing that this command started is left behind. */
  private int followOwn(
      DataDirectory directory, StackState running, SupervisorProcess started, Duration patience)
      throws InterruptedException {
    AtomicBoolean keep = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopUnless(keep, directory), "stop"));
    try {
      int code =
          switch (new BringUp(directory, running.pid(), started::isAlive, progress)
              .follow(patience)) {
            case InStep inStep -> finish(directory, inStep);
            case TimedOut late -> throw timedOut(late, patience);
          };
      if (foreground) {
        WatchCommand.watch(directory, Terminal.standardOut(), "Ctrl-C stops everything", false);
        awaitEnd(started);
      }
      keep.set(true);
      return code;
    } catch (StackFailure e) {
      new Stopper(directory).stop();
      keep.set(true);
      throw e;
    }
  }

  private static void awaitEnd(SupervisorProcess started) throws InterruptedException {
    while (started.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private void stopUnless(AtomicBoolean keep, DataDirectory directory) {
    if (!keep.get()) {
      progress.out().println();
      progress.out().println("Stopping what was started …");
      new Stopper(directory).stop();
      progress.out().println("Stopped. The data stay in %s.".formatted(directory));
    }
  }

  private StackFailure timedOut(TimedOut late, Duration patience) {
    return StackFailure.failed(
        "%s What was started is stopped, the data stay: './etl up%s --timeout %ds' goes on from there; %s says more."
            .formatted(
                late.where(),
                common.again(),
                Math.max(patience.multipliedBy(2).toSeconds(), LEAST_SUGGESTED_SECONDS),
                common.shell().shortened(common.directory().stackLog())));
  }

  private int finish(DataDirectory directory, InStep inStep) {
    List<StoreState> missing = inStep.state().missing();
    if (json) {
      printJson(inStep, missing);
    } else {
      Terminal terminal = Terminal.standardOut();
      Connections connections =
          Connections.read(directory).orElseGet(() -> new Connections(Map.of()));
      new Card(terminal, inStep.state(), connections, common.shell(), common.again())
          .lines(headline(inStep, missing), inStep.statuses())
          .forEach(terminal.out()::println);
    }
    return missing.isEmpty() ? 0 : ENGINE_MISSING;
  }

  private static void printJson(InStep inStep, List<StoreState> missing) {
    Map<String, String> reasons = new LinkedHashMap<>();
    missing.forEach(store -> reasons.put(store.store().key(), String.valueOf(store.missing())));
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("seconds", inStep.took().toSeconds());
    card.put("missing", reasons);
    card.put("destinations", inStep.statuses().stream().map(DestinationStatus::published).toList());
    System.out.print(Json.write(card));
  }

  private static String headline(InStep inStep, List<StoreState> missing) {
    String took = Durations.format(inStep.took());
    if (missing.isEmpty()) {
      return "All %d destinations are in step with Jupiter (%s)."
          .formatted(inStep.statuses().size(), took);
    }
    return "In step with Jupiter (%s), but without %s."
        .formatted(
            took,
            missing.stream().map(store -> store.store().title()).collect(Collectors.joining(", ")));
  }
}
