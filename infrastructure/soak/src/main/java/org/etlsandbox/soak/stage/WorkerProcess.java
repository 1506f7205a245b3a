package org.etlsandbox.soak.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.etlsandbox.soak.WorkerJvm;
import org.etlsandbox.testkit.access.TestTokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A worker in a JVM of its own, asked over HTTP as its users would ask it. */
public final class WorkerProcess implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final int PAUSE_MILLIS = 200;
  private static final String ADMIN = TestTokens.bearer("etl.admin");

  private final String name;
  private final Process process;
  private final int port;
  private final int managementPort;
  private final Path log;

  private WorkerProcess(String name, Process process, int port, int managementPort, Path log) {
    this.name = name;
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
    this.log = log;
  }

  /** Returns at once; the worker is still starting then. */
  public static WorkerProcess start(
      DestinationChoice destination, Map<String, Object> settings, Path directory)
      throws IOException {
    return start(destination, settings, List.of(), directory);
  }

  /**
   * Returns at once; the worker is still starting then.
   *
   * @param jvmOptions go after those that all workers get, and so win against them
   * @param directory where its log goes
   */
  public static WorkerProcess start(
      DestinationChoice destination,
      Map<String, Object> settings,
      List<String> jvmOptions,
      Path directory)
      throws IOException {
    int port = freePort();
    int managementPort = freePort();
    Map<String, Object> properties = new TreeMap<>(TestTokens.properties());
    properties.putAll(settings);
    properties.put("server.port", port);
    properties.put("management.server.port", managementPort);
    Path log = directory.resolve(destination.worker() + ".log");
    List<String> options = new ArrayList<>(jvmOptions);
    options.add("-Duser.timezone=" + destination.zone());
    Process process = WorkerJvm.start(destination.mainClass().getName(), options, properties, log);
    return new WorkerProcess(destination.worker(), process, port, managementPort, log);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public JsonNode status() throws IOException, InterruptedException {
    return JSON.readTree(get(port, "/api/v1/status").body());
  }

  /**
   * Asks the management port.
   *
   * @param path {@code /actuator/prometheus}, say
   * @throws IOException also while nobody listens there yet
   */
  public HttpResponse<String> management(String path) throws IOException, InterruptedException {
    return get(managementPort, path);
  }

  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", ADMIN)
            .timeout(Duration.ofSeconds(10))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Asks until the status is as wanted. */
  public JsonNode await(String what, Duration patience, Predicate<JsonNode> wanted)
      throws InterruptedException {
    return await(what, patience, PAUSE_MILLIS, wanted);
  }

  /**
   * Asks until the status is as wanted.
   *
   * @param pauseMillis between two questions
   */
  public JsonNode await(String what, Duration patience, int pauseMillis, Predicate<JsonNode> wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    String last = "none";
    while (System.nanoTime() < deadline) {
      requireAlive();
      try {
        JsonNode status = status();
        last = status.toString();
        if (wanted.test(status)) {
          return status;
        }
        if (status.path("state").asString("").equals("stopped")) {
          break;
        }
      } catch (IOException e) {
        last = e.toString(); // it is still starting
      }
      Thread.sleep(pauseMillis);
    }
    throw new IllegalStateException(
        "%s is not %s after %d s: last status %s. Its log: %s"
            .formatted(name, what, patience.toSeconds(), last, log));
  }

  public long pid() {
    return process.pid();
  }

  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "%s has ended with code %d: see %s".formatted(name, process.exitValue(), log));
    }
  }

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
