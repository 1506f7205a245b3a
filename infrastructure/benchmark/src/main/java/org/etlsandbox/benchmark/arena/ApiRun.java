package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.etlsandbox.betaapi.BetaApi;
import org.etlsandbox.soak.WorkerJvm;
import org.etlsandbox.testkit.access.TestTokens;

/** beta-api over a database, in a JVM like a worker's. */
public final class ApiRun implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final int LOOK_EVERY_MILLIS = 50;
  private static final String FLATS = "/api/v1/customer-order-flats";
  private static final String READER = TestTokens.bearer("etl.read");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private ApiRun(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Returns when it answers. */
  public static ApiRun start(Arena arena, Database destination)
      throws IOException, InterruptedException {
    int port = freePort();
    Map<String, Object> settings = new TreeMap<>(TestTokens.properties());
    settings.put("server.port", port);
    settings.put("management.server.port", 0);
    settings.put("etl.query.destination", destination.destination().key());
    destination.login().addTo(settings, "etl.query");
    Process process =
        WorkerJvm.start(
            BetaApi.class.getName(),
            List.of(),
            settings,
            arena.directory().resolve("beta-api.log"));
    ApiRun api = new ApiRun(process, port);
    try {
      api.awaitAnswer();
      return api;
    } catch (IOException | InterruptedException | RuntimeException e) {
      api.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        get("/max-id");
        return;
      } catch (IOException e) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    }
    throw new IOException("beta-api did not answer; its log is beta-api.log in the data directory");
  }

  /**
   * The whole answer.
   *
   * @param path below the flats, with its query
   */
  public byte[] get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request(path), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("%s was answered with %d".formatted(path, response.statusCode()));
    }
    return response.body();
  }

  /** The number of bytes of an answer that is too large to be kept. */
  public long drain(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("%s was answered with %d".formatted(path, response.statusCode()));
      }
      byte[] buffer = new byte[1 << 16];
      long all = 0;
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        all += n;
      }
      return all;
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d%s%s".formatted(port, FLATS, path)))
        .header("Authorization", READER)
        .build();
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
