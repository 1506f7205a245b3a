package org.etlsandbox.testkit.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.etlsandbox.testkit.access.TestTokens;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A worker of a test, asked over HTTP as its users would ask it. */
public final class RunningWorker implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private static final String READER = TestTokens.bearer("etl.read");
  private static final String ADMINISTRATOR = TestTokens.bearer("etl.admin");

  private final ConfigurableApplicationContext context;

  private RunningWorker(ConfigurableApplicationContext context) {
    this.context = context;
  }

  public static RunningWorker start(
      SpringApplicationBuilder application,
      TestDatabase jupiter,
      TestDatabase control,
      TestDatabase destination,
      String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--etl.poll.interval=200ms",
                "--etl.lease.duration=5s"));
    arguments.addAll(database("jupiter", jupiter));
    arguments.addAll(database("control", control));
    arguments.addAll(database("destination", destination));
    for (String argument : more) {
      // Given twice, an option would have both values, with a comma in between
      String name = argument.substring(0, argument.indexOf('=') + 1);
      arguments.removeIf(earlier -> earlier.startsWith(name));
      arguments.add(argument);
    }
    return start(application, arguments);
  }

  /** On free ports, with databases that must prove who they are. */
  public static RunningWorker verifying(
      SpringApplicationBuilder application, List<String> arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--etl.poll.interval=200ms",
                "--etl.lease.duration=5s"));
    all.addAll(arguments);
    return new RunningWorker(application.run(TestTokens.arguments(all.toArray(String[]::new))));
  }

  /** With these arguments, and the engines' connections as they are: without TLS. */
  static RunningWorker start(SpringApplicationBuilder application, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("--etl.tls.databases=off"));
    all.addAll(arguments);
    return new RunningWorker(application.run(TestTokens.arguments(all.toArray(String[]::new))));
  }

  /** The arguments that name a database. */
  static List<String> database(String name, String url, String username, String password) {
    return List.of(
        "--etl." + name + ".url=" + url,
        "--etl." + name + ".username=" + username,
        "--etl." + name + ".password=" + password);
  }

  private static List<String> database(String name, TestDatabase database) {
    return database(name, database.url(), database.username(), database.password());
  }

  public JsonNode status() {
    return JSON.readTree(get("local.server.port", "/api/v1/status", READER).body());
  }

  public HttpResponse<String> management(String path) {
    return get("local.management.port", path, ADMINISTRATOR);
  }

  /** Asks until the status is as wanted, or fails with the last one. */
  public JsonNode await(String what, int seconds, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (true) {
      JsonNode status = status();
      if (wanted.test(status)) {
        return status;
      }
      boolean stopped = status.get("state").asString().equals("stopped");
      if (stopped || System.nanoTime() > deadline) {
        throw new AssertionError(
            "Not within %d s: %s. Last status: %s".formatted(seconds, what, status));
      }
      pause();
    }
  }

  public JsonNode awaitInStep(int seconds) {
    return await("in step", seconds, status -> status.get("inStep").asBoolean());
  }

  private HttpResponse<String> get(String portProperty, String path, String bearer) {
    URI uri =
        URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty(portProperty) + path);
    HttpRequest request = HttpRequest.newBuilder(uri).header("Authorization", bearer).build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
