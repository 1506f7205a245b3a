package org.etlsandbox.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.StackProcesses;
import org.etlsandbox.stack.directory.StackProcesses.Found;
import org.etlsandbox.stack.plan.StackFailure;

/** Stops whatever runs on a data directory, in order if its supervisor lives. */
final class Stopper {

  private static final Duration IN_ORDER = Duration.ofSeconds(60);
  private static final Duration LEFTOVER = Duration.ofSeconds(15);

  private final DataDirectory directory;
  private final StackProcesses processes;

  Stopper(DataDirectory directory) {
    this.directory = directory;
    this.processes = new StackProcesses(directory);
  }

  /**
   * Returns when no process of the stack is left.
   *
   * @return what was stopped, empty if nothing ran
   * @throws StackFailure if something could not be stopped
   */
  List<Found> stop() {
    List<Found> ran = new ArrayList<>(processes.supervisor());
    List<Found> supervisor = List.copyOf(ran);
    add(ran, processes.virtualMachines());
    add(ran, processes.engines());

    StackProcesses.stop(supervisor, IN_ORDER);
    StackProcesses.stop(processes.virtualMachines(), LEFTOVER);
    StackProcesses.stop(processes.engines(), LEFTOVER);
    List<Found> left = new ArrayList<>(processes.virtualMachines());
    add(left, processes.engines());
    if (!left.isEmpty()) {
      throw StackFailure.failed(
          "Could not stop %s: end it with kill -9.".formatted(left.getFirst()));
    }
    if (!ran.isEmpty()) {
      directory.deleteAccessFiles();
    }
    return ran;
  }

  private static void add(List<Found> all, List<Found> more) {
    for (Found found : more) {
      if (all.stream().noneMatch(one -> one.handle().pid() == found.handle().pid())) {
        all.add(found);
      }
    }
  }
}
