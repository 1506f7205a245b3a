package org.etlsandbox.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.plan.Durations;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.DestinationStatus;
import org.etlsandbox.stack.state.Phase;
import org.etlsandbox.stack.state.ServiceState;
import org.etlsandbox.stack.state.StackState;
import org.etlsandbox.stack.state.StateFile;
import org.etlsandbox.stack.state.StatusClient;
import org.etlsandbox.stack.state.StoreState;
import org.etlsandbox.stack.view.Progress;
import org.etlsandbox.stack.view.StartPicture;
import org.etlsandbox.stack.view.StatusTable;
import org.etlsandbox.stack.view.Terminal;

/** Follows a stack until every destination is in step, or until it is clear that it fails. */
final class BringUp {

  /** How following ended. */
  sealed interface Outcome permits InStep, TimedOut {}

  /** Every destination whose engine is there is in step. */
  record InStep(StackState state, List<DestinationStatus> statuses, Duration took)
      implements Outcome {}

  /**
   * Not so in time.
   *
   * @param where how far each was, in a sentence
   */
  record TimedOut(String where) implements Outcome {}

  private static final long PAUSE_MILLIS = 250;

  // why: under churn a destination is in step at the end of most polls, not at every moment
  private static final Duration IN_STEP_MEMORY = Duration.ofSeconds(5);

  private final DataDirectory directory;
  private final long pid;
  private final BooleanSupplier alive;
  private final Terminal terminal;
  private final Map<Store, Long> inStepAt = new EnumMap<>(Store.class);

  /**
   * @param pid of the supervisor to follow
   * @param alive whether that process still runs
   */
  BringUp(DataDirectory directory, long pid, BooleanSupplier alive, Terminal terminal) {
    this.directory = directory;
    this.pid = pid;
    this.alive = alive;
    this.terminal = terminal;
  }

  /**
   * @throws StackFailure as soon as waiting is of no use
   */
  Outcome follow(Duration timeout) throws InterruptedException {
    long began = System.nanoTime();
    StateFile file = new StateFile(directory);
    StartPicture picture = new StartPicture(terminal);
    List<DestinationStatus> statuses = List.of();
    try (StatusClient client = new StatusClient(directory);
        Progress progress = Progress.on(terminal)) {
      while (true) {
        // why: asked before the file is read, so that last words are not missed
        boolean lives = alive.getAsBoolean();
        Optional<StackState> state = file.last().filter(said -> said.pid() == pid);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        if (state.isPresent()) {
          requireNoFailure(state.get());
          statuses = ask(client, state.get());
          progress.show(
              elapsed,
              picture.block(state.get(), statuses, elapsed),
              picture.sentence(state.get(), statuses));
          requireNoneStopped(statuses);
          if (state.get().phase() == Phase.RUNNING && allInStep(state.get(), statuses)) {
            return new InStep(state.get(), statuses, elapsed);
          }
        }
        if (!lives) {
          throw StackFailure.failed(
              "The supervisor (process %d) has ended: see %s."
                  .formatted(pid, directory.stackLog()));
        }
        if (elapsed.compareTo(timeout) >= 0) {
          return new TimedOut(timedOut(timeout, state, statuses));
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** While the services start, only those that answer already. */
  private static List<DestinationStatus> ask(StatusClient client, StackState state) {
    return switch (state.phase()) {
      case SERVICES -> client.ask(state).stream().filter(status -> !status.isDown()).toList();
      case RUNNING -> client.ask(state);
      case ENGINES, SEEDING, STOPPING, STOPPED, FAILED -> List.of();
    };
  }

  private static void requireNoFailure(StackState state) {
    if (state.phase() == Phase.FAILED) {
      throw StackFailure.failed(String.valueOf(state.failure()));
    }
    boolean ended =
        state.stores().stream().anyMatch(StoreState::ended)
            || state.phase() == Phase.RUNNING
                && !state.services().stream().allMatch(ServiceState::up);
    if (ended) {
      throw StackFailure.failed(String.join(System.lineSeparator(), state.notes()));
    }
    if (state.phase() == Phase.STOPPED || state.phase() == Phase.STOPPING) {
      throw StackFailure.failed("The stack was stopped before all destinations were in step.");
    }
  }

  private static void requireNoneStopped(List<DestinationStatus> statuses) {
    // What is wrong with Jupiter stops all four for one reason: said once
    Map<String, List<String>> stopped = new LinkedHashMap<>();
    for (DestinationStatus status : statuses) {
      if (status.isStopped()) {
        stopped
            .computeIfAbsent(String.valueOf(status.error()), reason -> new ArrayList<>())
            .add(status.destination());
      }
    }
    if (!stopped.isEmpty()) {
      List<String> lines = new ArrayList<>();
      stopped.forEach((reason, destinations) ->
          lines.add("Stopped, %s: %s".formatted(String.join(", ", destinations), reason)));
      throw StackFailure.failed(String.join(System.lineSeparator(), lines));
    }
  }

  private boolean allInStep(StackState state, List<DestinationStatus> statuses) {
    long now = System.nanoTime();
    for (DestinationStatus status : statuses) {
      if (status.inStep()) {
        inStepAt.put(Store.of(status.destination()), now);
      }
    }
    return statuses.stream()
        .map(status -> Store.of(status.destination()))
        .filter(store -> state.store(store).missing() == null)
        .allMatch(store -> {
          Long at = inStepAt.get(store);
          return at != null && now - at <= IN_STEP_MEMORY.toNanos();
        });
  }

  private static String timedOut(
      Duration timeout, Optional<StackState> state, List<DestinationStatus> statuses) {
    String where =
        statuses.isEmpty()
            ? state.map(said -> said.phase().inWords()).orElse("nothing started yet")
            : StatusTable.sentence(statuses.stream().filter(status -> !status.inStep()).toList());
    return "Not all in step after %s: %s.".formatted(Durations.format(timeout), where);
  }
}
