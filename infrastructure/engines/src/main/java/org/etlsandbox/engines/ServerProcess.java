package org.etlsandbox.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A child process that serves: started with its output in a file, waited for, stopped. */
final class ServerProcess {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final String product;
  private final Process process;
  private final Path log;

  private ServerProcess(String product, Process process, Path log) {
    this.product = product;
    this.process = process;
    this.log = log;
  }

  static ServerProcess start(
      String product, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    Files.createDirectories(log.getParent());
    List<String> detached = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // why: Ctrl-C goes to the whole foreground group; only the owner shall hear it, and stop its
      // servers after their users
      detached.add(SETSID.toString());
    }
    detached.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(detached)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new ServerProcess(product, builder.start(), log);
  }

  /** Runs a command that ends by itself; its output goes to the log. */
  static void run(
      String product, List<String> command, Map<String, String> environment, Path log, String input)
      throws IOException {
    ServerProcess running = start(product, command, environment, log);
    try (var stdin = running.process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // why: it ended without reading; its exit code says more than the broken pipe
    }
    try {
      int code = running.process.waitFor();
      if (code != 0) {
        throw new EngineStartException(
            "%s: %s ended with code %d.%s"
                .formatted(
                    product, Path.of(command.getFirst()).getFileName(), code, running.tail()));
      }
    } catch (InterruptedException e) {
      running.process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new EngineStartException("The start of %s was interrupted".formatted(product), e);
    }
  }

  Process process() {
    return process;
  }

  /** Asks whether the server answers. */
  interface Probe {
    /** False = not yet. An exception ends the start. */
    boolean answers() throws SQLException;
  }

  /** Waits until the server answers, recovery from a crash included. */
  void awaitAnswer(Duration timeout, Probe probe) throws SQLException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      if (!process.isAlive()) {
        throw new EngineStartException(
            "%s stopped with code %d while starting.%s"
                .formatted(product, process.exitValue(), tail()));
      }
      if (probe.answers()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new EngineStartException(
            "%s did not answer within %d s of its start.%s"
                .formatted(product, timeout.toSeconds(), tail()));
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineStartException("The start of %s was interrupted".formatted(product), e);
      }
    }
  }

  /** Stops it with a signal, kills it and its children when it has not stopped in time. */
  void stop(String signal, Duration patience) {
    if (process.isAlive()) {
      signal(signal);
    }
    awaitEnd(patience);
  }

  /** Waits for an end that was asked for, and enforces it. */
  void awaitEnd(Duration patience) {
    List<ProcessHandle> children = process.descendants().toList();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Java itself can only send TERM and KILL. */
  private void signal(String signal) {
    if (signal.equals("TERM")) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  private String tail() {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      List<String> all = lines.toList();
      return all.subList(Math.max(0, all.size() - 8), all.size()).stream()
          .collect(Collectors.joining("\n  ", "\n  ", "\nThe whole log: " + log));
    } catch (IOException | RuntimeException e) {
      return " Its log: " + log;
    }
  }

  /** The given port, or a free one for 0. */
  static int port(String product, int wanted) {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback, wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EngineStartException(
          "Port %d, wanted for %s on 127.0.0.1, is taken by another process: stop that one ('ss -ltnp sport = :%d' names it), or choose another port."
              .formatted(wanted, product, wanted),
          e);
    }
  }

  static void requireLinux(String product) {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      throw new EngineUnavailableException(
          "The embedded %s runs on Linux x86-64 only, this is %s: use a server of your own (its URL in the environment), or the compose file."
              .formatted(product, system));
    }
  }

  @Override
  public String toString() {
    return product + " (process " + process.pid() + ")";
  }
}
