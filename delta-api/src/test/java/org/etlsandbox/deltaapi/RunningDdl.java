package org.etlsandbox.deltaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as it really runs, on free ports, with the sources of a test. */
final class RunningDdl implements AutoCloseable {

  static final String DDL = "/api/v1/ddl";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final ConfigurableApplicationContext context;
  private final RestTestClient client;

  /** An answer, whatever its status. */
  record Answer(int status, String contentType, String body) {

    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  RunningDdl(String... arguments) {
    context =
        DeltaApi.application()
            .run(
                Stream.concat(
                        Stream.of("--server.port=0", "--management.server.port=0"),
                        Stream.of(arguments))
                    .toArray(String[]::new));
    // Not the client found on the class path: Apache's asks again after a 503
    client = RestTestClient.bindToServer(new JdkClientHttpRequestFactory()).baseUrl(base()).build();
  }

  /** With these databases as its sources. */
  static RunningDdl of(Map<String, TestDatabase> sources, String... more) {
    return new RunningDdl(
        Stream.concat(
                sources.entrySet().stream()
                    .flatMap(source -> arguments(source.getKey(), source.getValue())),
                Stream.of(more))
            .toArray(String[]::new));
  }

  static Stream<String> arguments(String source, TestDatabase database) {
    String prefix = "--etl.ddl.sources." + source + ".";
    return Stream.of(
        prefix + "url=" + database.url(),
        prefix + "username=" + database.username(),
        prefix + "password=" + database.password());
  }

  RestTestClient client() {
    return client;
  }

  private String base() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** Asks for JSON. */
  Answer get(String pathBehindDdl, String... namesAndValues) {
    return getAs("application/json", pathBehindDdl, namesAndValues);
  }

  Answer getAs(String accept, String pathBehindDdl, String... namesAndValues) {
    StringBuilder uri = new StringBuilder(base()).append(DDL).append(pathBehindDdl);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      uri.append(i == 0 ? '?' : '&')
          .append(encoded(namesAndValues[i]))
          .append('=')
          .append(encoded(namesAndValues[i + 1]));
    }
    var result =
        client()
            .get()
            .uri(URI.create(uri.toString()))
            .header("Accept", accept)
            .exchange()
            .expectBody(String.class)
            .returnResult();
    String body = result.getResponseBody();
    return new Answer(
        result.getStatus().value(),
        String.valueOf(result.getResponseHeaders().getContentType()),
        body == null ? "" : body);
  }

  static String path(String source, String schema, String table) {
    return "/" + encoded(source) + "/" + encoded(schema) + "/" + encoded(table);
  }

  private static String encoded(String text) {
    return UriUtils.encode(text, StandardCharsets.UTF_8);
  }

  /** The definition of a table, which must be given. */
  JsonNode definition(
      String source, String schema, String table, String dialect, String... namesAndValues) {
    String[] parameters =
        Stream.concat(Stream.of("dialect", dialect), Stream.of(namesAndValues))
            .toArray(String[]::new);
    Answer answer = get(path(source, schema, table), parameters);
    assertThat(answer.status())
        .as("%s of %s.%s of %s: %s", dialect, schema, table, source, answer.body())
        .isEqualTo(200);
    return answer.json();
  }

  /** The columns of a definition by their names. */
  static Map<String, JsonNode> columns(JsonNode definition) {
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    definition.get("columns").forEach(column -> columns.put(column.get("name").asString(), column));
    return columns;
  }

  static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  @Override
  public void close() {
    context.close();
  }
}
