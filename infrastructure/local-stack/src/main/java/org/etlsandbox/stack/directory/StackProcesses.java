package org.etlsandbox.stack.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The processes that work on a data directory, as {@code /proc} tells: a pid in a file may name a
 * stranger by now.
 */
public final class StackProcesses {

  /** Marks the supervisor and the service JVMs of a data directory on their command lines. */
  public static final String MARK = "-Detl.stack=";

  /** The command that makes a JVM the supervisor. */
  public static final String SUPERVISE = "supervise";

  private static final Set<String> SERVERS = Set.of("mariadbd", "mysqld", "postgres", "java");

  /** A process of the stack. */
  public record Found(ProcessHandle handle, String what) {
    @Override
    public String toString() {
      return "%s (process %d)".formatted(what, handle.pid());
    }
  }

  private final Path root;

  public StackProcesses(DataDirectory directory) {
    this.root = directory.root();
  }

  /** What the command line of the supervisor or of a service must carry. */
  public static String mark(DataDirectory directory) {
    return MARK + directory.root();
  }

  /** The supervisor and the services that have a JVM of their own. */
  public List<Found> virtualMachines() {
    String mark = MARK + root;
    return find(pid -> arguments(pid).contains(mark), pid -> "services");
  }

  /** The supervisor. */
  public List<Found> supervisor() {
    String mark = MARK + root;
    return find(
        pid -> {
          List<String> arguments = arguments(pid);
          return arguments.contains(mark) && arguments.contains(SUPERVISE);
        },
        pid -> "supervisor");
  }

  /** The embedded engines. */
  public List<Found> engines() {
    return find(pid -> engineHome(pid).isPresent(), pid -> engineHome(pid).orElse("engine"));
  }

  /** Stops them: asks first, kills those that have not ended within the patience given. */
  public static void stop(List<Found> processes, Duration patience) {
    processes.forEach(process -> process.handle().destroy());
    long deadline = System.nanoTime() + patience.toNanos();
    for (Found process : processes) {
      if (!ends(process.handle(), deadline - System.nanoTime())) {
        process.handle().destroyForcibly();
        ends(process.handle(), patience.toNanos());
      }
    }
  }

  private static boolean ends(ProcessHandle process, long nanos) {
    return process
        .onExit()
        .thenApply(ended -> true)
        .completeOnTimeout(false, Math.max(nanos, 1), TimeUnit.NANOSECONDS)
        .join();
  }

  private List<Found> find(Predicate<Long> ours, Function<Long, String> what) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> ours.test(process.pid()))
        .map(process -> new Found(process, what.apply(process.pid())))
        .toList();
  }

  /** The name of the engine that a process belongs to: {@code neptune}. */
  private Optional<String> engineHome(long pid) {
    // why: somebody's shell may stand in the directory, an editor may have a file of it open
    if (!SERVERS.contains(name(pid))) {
      return Optional.empty();
    }
    return Stream.concat(workingDirectory(pid).stream(), arguments(pid).stream())
        .map(argument -> argument.substring(argument.indexOf('=') + 1))
        .filter(value -> value.startsWith(root + "/"))
        .map(value -> value.substring(root.toString().length() + 1).split("/"))
        .filter(steps -> steps.length == 2 && steps[1].equals("data"))
        .map(steps -> steps[0])
        .findFirst();
  }

  private static Optional<String> workingDirectory(long pid) {
    try {
      return Optional.of(
          Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd")).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String name(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> arguments(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      return Arrays.asList(new String(line, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
