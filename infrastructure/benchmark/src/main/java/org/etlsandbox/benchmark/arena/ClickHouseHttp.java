package org.etlsandbox.benchmark.arena;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.etlsandbox.soak.stage.Login;

/**
 * ClickHouse as {@code curl} would use it.
 *
 * @see <a href="https://clickhouse.com/docs/interfaces/http">HTTP interface</a>
 */
public final class ClickHouseHttp implements AutoCloseable {

  /** In ClickHouse's own frames of LZ4: smallest for its CPU, and what its clients use. */
  private static final String COMPRESSED_BODY = "&decompress=1";

  private static final String COMPRESSED_ANSWER = "&compress=1";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final Login login;

  public ClickHouseHttp(Login login) {
    this.login = login;
    URI address = URI.create(login.url().substring("jdbc:clickhouse:".length()));
    this.base =
        "http://%s:%d/?database=%s"
            .formatted(address.getHost(), address.getPort(), address.getPath().substring(1));
  }

  /** Inserts what a plain file holds, in the format that the statement names. */
  public void insert(String sql, Path file) throws IOException, InterruptedException {
    read(send(sql, "", HttpRequest.BodyPublishers.ofFile(file)));
  }

  /** Inserts a file that {@link #save} has written. */
  public void insertSaved(String sql, Path file) throws IOException, InterruptedException {
    read(send(sql, COMPRESSED_BODY, HttpRequest.BodyPublishers.ofFile(file)));
  }

  /** Writes an answer into a file, compressed. */
  public void save(String sql, Path file) throws IOException, InterruptedException {
    try (InputStream answer =
        send(sql, COMPRESSED_ANSWER, HttpRequest.BodyPublishers.noBody()).body()) {
      Files.deleteIfExists(file);
      Files.copy(answer, file);
    }
  }

  /** The compressed answer, as it comes; to be closed. */
  public InputStream answer(String sql) throws IOException, InterruptedException {
    return send(sql, COMPRESSED_ANSWER, HttpRequest.BodyPublishers.noBody()).body();
  }

  private HttpResponse<InputStream> send(String sql, String options, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    base + options + "&query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8)))
            .header("X-ClickHouse-User", login.username())
            .header("X-ClickHouse-Key", login.password())
            .POST(body)
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException("ClickHouse refused '%s': %s".formatted(sql, read(response)));
    }
    return response;
  }

  private static String read(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
