package org.etlsandbox.stack;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.DirectoryLock;
import org.etlsandbox.stack.directory.StackProcesses.Found;
import org.etlsandbox.stack.plan.StackFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops everything that {@code up} started; the data stay. */
@Command(name = "down")
final class DownCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws InterruptedException {
    DataDirectory directory = common.directory();
    if (!Files.isDirectory(directory.run())) {
      System.out.println("Nothing runs on " + directory + ".");
      return 0;
    }
    var lock = DirectoryLock.forCommand(directory, PATIENCE);
    if (lock.isEmpty()) {
      throw StackFailure.failed(
          "Another ./etl is starting or stopping the stack in %s: wait for it, then try again."
              .formatted(directory));
    }
    try (DirectoryLock held = lock.get()) {
      List<Found> stopped = new Stopper(directory).stop();
      System.out.println(
          stopped.isEmpty()
              ? "Nothing runs on " + directory + "."
              : "Stopped %s. The data stay in %s; './etl up%s' goes on from there."
                  .formatted(inWords(stopped), directory, common.again()));
    }
    return 0;
  }

  /** One word for each engine, whatever the number of its processes. */
  private static String inWords(List<Found> stopped) {
    return stopped.stream().map(Found::what).distinct().collect(Collectors.joining(", "))
        + " (%d processes)".formatted(stopped.size());
  }
}
