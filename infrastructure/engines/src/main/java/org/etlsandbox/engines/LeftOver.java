package org.etlsandbox.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Server processes that outlived a killed owner.
 *
 * <p>They are recognised by {@code /proc}, not by a pid in a file, which may name a stranger by
 * now: a process is ours if it runs the server's program, and the server's own directory is where
 * it works (PostgreSQL, MariaDB and MySQL go there) or is named in an argument.
 */
final class LeftOver {
  /** Time to write out what is in memory; afterwards it is killed, which loses nothing either. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private LeftOver() {}

  /** Stops every process that works on {@code data}; returns when none is left. */
  static void stop(Path data, String program) {
    List<ProcessHandle> found = on(data, program);
    found.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (ProcessHandle process : found) {
      if (!ends(process, deadline - System.nanoTime())) {
        process.destroyForcibly();
      }
    }
    // why: the workers of a killed PostgreSQL end by themselves a moment after it
    on(data, program).forEach(process -> endsOrFails(process, data));
  }

  private static void endsOrFails(ProcessHandle process, Path data) {
    process.destroyForcibly();
    if (!ends(process, PATIENCE.toNanos())) {
      throw new EngineStartException(
          "Process %d still works on %s and could not be stopped: stop it ('kill -9 %d'), then start again."
              .formatted(process.pid(), data, process.pid()));
    }
  }

  private static boolean ends(ProcessHandle process, long nanos) {
    return !process.isAlive()
        || process
            .onExit()
            .thenApply(ended -> true)
            .completeOnTimeout(false, Math.max(nanos, 1), TimeUnit.NANOSECONDS)
            .join();
  }

  static List<ProcessHandle> on(Path data, String program) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> worksOn(process.pid(), data.toString(), program))
        .toList();
  }

  private static boolean worksOn(long pid, String directory, String program) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      String commandLine =
          new String(Files.readAllBytes(proc.resolve("cmdline")), StandardCharsets.UTF_8);
      List<String> words = List.of(commandLine.split("\0"));
      return runs(words.getFirst(), program)
          && (words.contains(directory)
              || words.contains("--datadir=" + directory)
              || Files.readSymbolicLink(proc.resolve("cwd")).toString().equals(directory));
    } catch (IOException e) {
      // why: it ended meanwhile, or belongs to somebody else
      return false;
    }
  }

  /** PostgreSQL's workers call themselves {@code postgres: checkpointer} and the like. */
  private static boolean runs(String command, String program) {
    return command.equals(program)
        || command.endsWith("/" + program)
        || command.startsWith(program + ":");
  }
}
