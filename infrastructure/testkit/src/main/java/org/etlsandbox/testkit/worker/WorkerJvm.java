package org.etlsandbox.testkit.worker;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.etlsandbox.testkit.access.TestTokens;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker in a JVM of its own, without the kit on its class path: it logs as it does for its users
 * ({@code logback-test.xml} is the kit's), and is configured by environment variables.
 */
public final class WorkerJvm implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ADMINISTRATOR = TestTokens.bearer("etl.admin");
  private static final String KIT = "testkit";

  private final Process process;
  private final Path log;
  private final int port;
  private final int managementPort;

  private WorkerJvm(Process process, Path log, int port, int managementPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Returns at once; the worker is still starting then. */
  public static WorkerJvm start(
      Class<?> main,
      Map<String, String> environment,
      TestDatabase jupiter,
      TestDatabase control,
      TestDatabase destination,
      String... more)
      throws IOException {
    int port = freePort();
    int managementPort = freePort();
    Path log = Files.createTempFile("etl-test-", ".log");
    log.toFile().deleteOnExit();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                main.getName(),
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--etl.tls.databases=off",
                "--etl.poll.interval=200ms",
                "--etl.lease.duration=5s"));
    command.addAll(
        RunningWorker.database("jupiter", jupiter.url(), jupiter.username(), jupiter.password()));
    command.addAll(
        RunningWorker.database("control", control.url(), control.username(), control.password()));
    command.addAll(
        RunningWorker.database(
            "destination", destination.url(), destination.username(), destination.password()));
    command.addAll(List.of(TestTokens.arguments(more)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new WorkerJvm(builder.start(), log, port, managementPort);
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains(KIT))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** All lines that it has written. */
  public List<String> lines() throws IOException {
    return Files.readAllLines(log);
  }

  /** Waits for a line; fails with the whole log. */
  public String awaitLine(String what, int seconds, Predicate<String> wanted) throws Exception {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < deadline && process.isAlive()) {
      for (String line : lines()) {
        if (wanted.test(line)) {
          return line;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError(
        "No line within %d s: %s. The log:\n%s"
            .formatted(seconds, what, String.join("\n", lines())));
  }

  /** Asks until the status is as wanted. */
  public JsonNode await(String what, int seconds, Predicate<JsonNode> wanted) throws Exception {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    String last = "none";
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        JsonNode status = JSON.readTree(send(port, "/api/v1/status", null).body());
        last = status.toString();
        if (wanted.test(status)) {
          return status;
        }
      } catch (IOException e) {
        last = e.toString(); // it is still starting
      }
      Thread.sleep(100);
    }
    throw new AssertionError(
        "Not within %d s: %s. Last status: %s. The log:\n%s"
            .formatted(seconds, what, last, String.join("\n", lines())));
  }

  /**
   * Sends a request to the management port, as an administrator.
   *
   * @param json to be posted; null: to be read
   */
  public HttpResponse<String> management(String path, @Nullable String json) throws Exception {
    return send(managementPort, path, json);
  }

  private static HttpResponse<String> send(int port, String path, @Nullable String json)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", ADMINISTRATOR);
    if (json != null) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(json));
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Ends it, as a user would: its last lines are in {@link #lines} then. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
