package org.etlsandbox.testkit.api;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls an API that runs, as a client of any kind would. */
final class ApiClient {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI address;
  private final Map<String, String> headers;

  ApiClient(URI address, Map<String, String> headers) {
    this.address = address;
    this.headers = headers;
  }

  /**
   * @param contentType without parameters, empty where there is none
   */
  record Answer(String request, int status, String contentType, String body) {}

  /**
   * @param pathAndQuery encoded
   */
  Answer get(String pathAndQuery) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + pathAndQuery)).timeout(PATIENCE);
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(
          pathAndQuery, response.statusCode(), type.split(";", 2)[0], response.body());
    } catch (IOException e) {
      throw new AssertionError("GET " + pathAndQuery + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  /** Percent-encoded, as a part of a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
