package org.etlsandbox.stack.supervisor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.etlsandbox.jvm.ServiceJvm;
import org.etlsandbox.jvm.StartCache;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.directory.StackProcesses;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.StackFailure;
import org.jspecify.annotations.Nullable;

/** Runs each service in a JVM of its own, as in earnest; one can be killed without the others. */
final class OwnJvmHost implements ServiceHost {

  /** The service that writes the cache for all six: their class path is the same. */
  private static final Service TRAINED = Service.BETA_WORKER;

  private static final Duration START_PATIENCE = Duration.ofSeconds(120);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final int PAUSE_MILLIS = 100;

  private final DataDirectory directory;
  private final StartCache cache;
  private final boolean training;
  private final Map<Service, Process> processes = new ConcurrentHashMap<>();

  OwnJvmHost(DataDirectory directory) {
    this.directory = directory;
    this.cache = new StartCache(directory.root(), "services");
    this.training = cache.isMissing();
  }

  @Override
  public @Nullable Long start(Service service, int port, Map<String, Object> properties)
      throws InterruptedException {
    Path log = directory.logs().resolve(service.key() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                ServiceJvm.command(options(service), ServiceCatalogue.mainClass(service).getName()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // why: only the owner of a process can read its environment, anybody its command line
    builder.environment().put("SPRING_APPLICATION_JSON", Json.write(properties));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw StackFailure.failed("%s could not be started: %s".formatted(service.key(), e), e);
    }
    processes.put(service, process);
    awaitPort(service, process, port, log);
    return process.pid();
  }

  private List<String> options(Service service) {
    List<String> options = new ArrayList<>(List.of(StackProcesses.mark(directory)));
    options.addAll(training && service == TRAINED ? cache.training() : cache.option());
    return options;
  }

  private static void awaitPort(Service service, Process process, int port, Path log)
      throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!answers(port)) {
      if (!process.isAlive()) {
        throw StackFailure.failed(
            "%s ended with code %d while it started: see %s."
                .formatted(service.key(), process.exitValue(), log));
      }
      if (System.nanoTime() > deadline) {
        throw StackFailure.failed(
            "%s did not answer on port %d within %d s: see %s."
                .formatted(service.key(), port, START_PATIENCE.toSeconds(), log));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PAUSE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean isUp(Service service) {
    Process process = processes.get(service);
    return process != null && process.isAlive();
  }

  @Override
  public void close() {
    Process trained = training ? processes.get(TRAINED) : null;
    List<Process> running = List.copyOf(processes.values());
    processes.clear();
    running.forEach(Process::destroy);
    long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
    for (Process process : running) {
      if (endsBefore(process, deadline) && process == trained) {
        cache.adopt();
      }
    }
  }

  /** Whether it has ended by itself; otherwise it is ended. */
  private static boolean endsBefore(Process process, long deadline) {
    try {
      process.onExit().get(Math.max(deadline - System.nanoTime(), 1), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly().onExit().join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
