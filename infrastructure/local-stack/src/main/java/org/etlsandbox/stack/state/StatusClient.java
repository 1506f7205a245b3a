package org.etlsandbox.stack.state;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.etlsandbox.access.Role;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.Json;
import org.etlsandbox.stack.directory.TokenKey;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.Store;
import tools.jackson.core.JacksonException;

/** Asks the four workers how their destinations are, with tokens of its own. */
public final class StatusClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);
  private static final String SUBJECT = "etl";
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final DataDirectory directory;

  public StatusClient(DataDirectory directory) {
    this.directory = directory;
  }

  /** One status a destination, in the order of the workers; all are asked at the same time. */
  public List<DestinationStatus> ask(StackState state) {
    String bearer = bearer();
    List<CompletableFuture<DestinationStatus>> answers =
        Service.workers().stream().map(worker -> ask(state, worker, bearer)).toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  /** The same four when no stack runs. */
  public static List<DestinationStatus> notRunning() {
    return Service.workers().stream()
        .map(StatusClient::destination)
        .map(store -> DestinationStatus.down(store, "the stack is not running: ./etl up"))
        .toList();
  }

  /** A new one each time: watching may last longer than any token. */
  private String bearer() {
    return TokenKey.read(directory)
        .map(tokens ->
            tokens.issue(SUBJECT, List.of(Role.READ.claim()), Instant.now().plus(TOKEN_LIFE)))
        .map(token -> "Bearer " + token)
        .orElse("");
  }

  private CompletableFuture<DestinationStatus> ask(
      StackState state, Service worker, String bearer) {
    Store store = destination(worker);
    String missing = state.store(store).missing();
    if (missing != null) {
      return CompletableFuture.completedFuture(DestinationStatus.down(store, missing));
    }
    int port = worker.port(state.options().portBase());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/status"))
            .header("Authorization", bearer)
            .timeout(PATIENCE)
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(response -> read(store, worker, response))
        .exceptionally(e -> DestinationStatus.down(store, inWords(worker, port, e)));
  }

  private static DestinationStatus read(
      Store store, Service worker, HttpResponse<String> response) {
    if (response.statusCode() != OK) {
      return DestinationStatus.down(
          store,
          "%s answers %d instead of a status".formatted(worker.key(), response.statusCode()));
    }
    try {
      return Json.read(response.body(), DestinationStatus.class);
    } catch (JacksonException e) {
      return DestinationStatus.down(
          store, worker.key() + " answers with something else than a status");
    }
  }

  private static String inWords(Service worker, int port, Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return "%s does not answer on port %d%s"
        .formatted(
            worker.key(),
            port,
            cause instanceof ConnectException ? "" : " (" + cause.getClass().getSimpleName() + ")");
  }

  private static Store destination(Service worker) {
    return Objects.requireNonNull(worker.destination(), worker.key());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
