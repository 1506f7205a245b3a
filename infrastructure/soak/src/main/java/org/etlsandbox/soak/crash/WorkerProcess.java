package org.etlsandbox.soak.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.etlsandbox.jvm.StartCache;
import org.etlsandbox.soak.WorkerJvm;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.jspecify.annotations.Nullable;

/** A worker in a JVM of its own, as in earnest but for its short intervals. */
final class WorkerProcess implements AutoCloseable {

  private static final Duration FIRST_START = Duration.ofMinutes(2);

  /** What a failure shows of the log. */
  private static final int LOG_LINES = 25;

  private final Process process;
  private final SharedPage page;
  private final Path pageFile;
  private final Path log;

  private WorkerProcess(Process process, SharedPage page, Path pageFile, Path log) {
    this.process = process;
    this.page = page;
    this.pageFile = pageFile;
    this.log = log;
  }

  /** Where it works. */
  record Databases(TestDatabase jupiter, TestDatabase control, TestDatabase destination) {}

  /**
   * @param armed where it is to halt, or null
   */
  static WorkerProcess start(
      Target target,
      Databases databases,
      Path directory,
      String name,
      @Nullable StopPoint armed,
      Map<String, String> settings) {
    List<String> cache = cache(target, directory).option();
    return start(target, databases, directory, name, armed, settings, cache);
  }

  /**
   * Runs a worker once until it sweeps, so that later starts are quick. Where it cannot make its
   * cache in time, on a busy machine, they are slow.
   */
  static void train(
      Target target, Databases databases, Path directory, Map<String, String> settings) {
    StartCache cache = cache(target, directory);
    if (!cache.isMissing()) {
      return;
    }
    String name = target.key() + "-first";
    try (WorkerProcess worker =
        start(target, databases, directory, name, null, settings, cache.training())) {
      worker.await("polled", FIRST_START, () -> worker.page().phase() == Phase.SWEEP);
      if (worker.stops(FIRST_START)) {
        cache.adopt();
      }
    }
  }

  private static StartCache cache(Target target, Path directory) {
    return new StartCache(directory, target.key());
  }

  private static WorkerProcess start(
      Target target,
      Databases databases,
      Path directory,
      String name,
      @Nullable StopPoint armed,
      Map<String, String> settings,
      List<String> cache) {
    try {
      Path file = Files.createTempFile(directory, name + "-", ".page");
      SharedPage page = SharedPage.open(file);
      if (armed != null) {
        page.arm(armed);
      }
      Path log = directory.resolve(name + ".log");
      List<String> options = new ArrayList<>(cache);
      options.add("-D" + StopAtBoundary.PAGE + "=" + file);
      Process process =
          WorkerJvm.start(target.mainClass(), options, properties(databases, settings), log);
      return new WorkerProcess(process, page, file, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> properties(Databases databases, Map<String, String> settings) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("server.port", "0");
    properties.put("management.server.port", "0");
    properties.put("spring.main.lazy-initialization", "false");
    properties.put("logging.level.org.etlsandbox", "INFO");
    login(properties, "jupiter", databases.jupiter());
    login(properties, "control", databases.control());
    login(properties, "destination", databases.destination());
    properties.putAll(settings);
    return properties;
  }

  private static void login(Map<String, String> properties, String name, TestDatabase database) {
    properties.put("etl." + name + ".url", database.url());
    properties.put("etl." + name + ".username", database.username());
    properties.put("etl." + name + ".password", database.password());
  }

  SharedPage page() {
    return page;
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it is so. */
  void await(String what, Duration patience, BooleanSupplier condition) {
    if (!reaches(patience, condition)) {
      throw new WorkerFailure(
          "Not within %d s: %s. The worker is at %s. The end of its log:%n%s"
              .formatted(patience.toSeconds(), what, page.position(), logEnd()));
    }
  }

  /** False when it was not so in time. */
  boolean reaches(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new WorkerFailure(
            "The worker ended by itself with code %d at %s. The end of its log:%n%s"
                .formatted(process.exitValue(), page.position(), logEnd()));
      }
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      pause(1);
    }
    return true;
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly); // that makes the cache
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Process %d survived SIGKILL".formatted(process.pid()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGTERM, as an operator stops it; false when the process is still there after that time. */
  private boolean stops(Duration patience) {
    process.destroy();
    try {
      return process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** SIGSTOP: nothing of the process runs any more, and its connections stay open. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException(
            "kill -%s %d ended with code %d".formatted(name, process.pid(), kill.exitValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The last lines that the process has printed. */
  String logEnd() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
    try {
      Files.deleteIfExists(pageFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
