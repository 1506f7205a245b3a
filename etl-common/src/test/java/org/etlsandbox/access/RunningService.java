package org.etlsandbox.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.context.ConfigurableApplicationContext;

/** The guarded service on free ports. */
final class RunningService implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;

  /** With these arguments alone, besides free ports. */
  RunningService(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--server.port=0";
    all[arguments.length + 1] = "--management.server.port=0";
    context = GuardedService.application().run(all);
  }

  /** A call of the service's own port, with headers as name and value in turn. */
  HttpResponse<String> get(String path, String... headers) {
    return send("GET", "local.server.port", path, headers);
  }

  HttpResponse<String> send(String method, String path, String... headers) {
    return send(method, "local.server.port", path, headers);
  }

  HttpResponse<String> manage(String method, String path, String... headers) {
    return send(method, "local.management.port", "/actuator" + path, headers);
  }

  private HttpResponse<String> send(String method, String port, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(port) + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("POST")
                    ? HttpRequest.BodyPublishers.ofString("{\"configuredLevel\":\"DEBUG\"}")
                    : HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int port(String property) {
    return context.getEnvironment().getRequiredProperty(property, Integer.class);
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }
}
