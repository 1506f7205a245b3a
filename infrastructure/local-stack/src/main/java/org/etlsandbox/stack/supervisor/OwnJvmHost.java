package org.etlsandbox.stack.supervisor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.directory.StackProcesses;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.StackFailure;
import org.jspecify.annotations.Nullable;

/** Runs each service in a JVM of its own, as in earnest; one can be killed without the others. */
final class OwnJvmHost implements ServiceHost {

  private static final String MAX_HEAP = "-Xmx256m";
  private static final Duration START_PATIENCE = Duration.ofSeconds(120);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final int PAUSE_MILLIS = 100;

  private final DataDirectory directory;
  private final Map<Service, Process> processes = new ConcurrentHashMap<>();

  OwnJvmHost(DataDirectory directory) {
    this.directory = directory;
  }

  @Override
  public @Nullable Long start(Service service, int port, Map<String, Object> properties)
      throws InterruptedException {
    Path log = directory.logs().resolve(service.key() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                JavaCommand.line(
                    List.of(MAX_HEAP, StackProcesses.mark(directory)),
                    ServiceCatalogue.mainClass(service).getName()))
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
    List<Process> running = List.copyOf(processes.values());
    processes.clear();
    running.forEach(Process::destroy);
    long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
    for (Process process : running) {
      try {
        process.onExit().get(Math.max(deadline - System.nanoTime(), 1), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | ExecutionException e) {
        process.destroyForcibly().onExit().join();
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
