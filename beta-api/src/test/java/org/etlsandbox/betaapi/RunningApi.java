package org.etlsandbox.betaapi;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etlsandbox.testkit.access.TestTokens;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The API as it really runs, on free ports. */
final class RunningApi implements AutoCloseable {

  static final String FLATS = "/api/v1/customer-order-flats";

  private static final List<String> ARGUMENTS =
      List.of(
          "--server.port=0",
          "--management.server.port=0",
          "--etl.tls.databases=off",
          "--etl.query.connect-timeout=1s",
          "--etl.query.health-interval=1s");

  final ConfigurableApplicationContext context;

  RunningApi(String... arguments) {
    context =
        BetaApi.application().run(TestTokens.arguments(withOurs(arguments).toArray(String[]::new)));
  }

  private static Stream<String> withOurs(String... arguments) {
    return Stream.concat(ARGUMENTS.stream(), Stream.of(arguments));
  }

  /** Where it answers, without a path. */
  URI address() {
    return URI.create("http://127.0.0.1:" + port("local.server.port"));
  }

  RestTestClient.ResponseSpec get(String uri, Object... variables) {
    return client().get().uri(FLATS + uri, variables).exchange();
  }

  /** Asks for a whole path, encoded already, such as an answer holds it. */
  RestTestClient.ResponseSpec getAt(String path) {
    return client().get().uri(URI.create(address() + path)).exchange();
  }

  RestTestClient.ResponseSpec export(boolean head, String query, String accept) {
    return client()
        .method(head ? HttpMethod.HEAD : HttpMethod.GET)
        .uri(FLATS + "/export" + query)
        .header("Accept", accept)
        .exchange();
  }

  /** A query whose values are encoded, to be asked for with {@link #getAt}. */
  static String encoded(String query) {
    return Stream.of(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .map(pair ->
            pair[0] + "=" + URLEncoder.encode(pair[1], StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("&", "?", ""));
  }

  /** A request for clients of other kinds. */
  static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).header("Authorization", TestTokens.bearer("etl.read"));
  }

  /** The API in a JVM of its own, with its arguments in the environment of that. */
  static Process inItsOwnJvm(Path log, List<String> options, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), BetaApi.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Stream.of(TestTokens.arguments(withOurs(arguments).toArray(String[]::new)))
        .map(argument -> argument.substring("--".length()).split("=", 2))
        .forEach(setting ->
            builder
                .environment()
                .put(
                    setting[0].toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_'),
                    setting[1]));
    return builder.start();
  }

  RestTestClient client() {
    return at("local.server.port");
  }

  RestTestClient management() {
    return at("local.management.port");
  }

  private RestTestClient at(String port) {
    // Not the client found on the class path: Apache's asks again after a 503
    return RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
        .baseUrl("http://127.0.0.1:" + port(port))
        .defaultHeader("Authorization", TestTokens.bearer("etl.read"))
        .build();
  }

  private String port(String property) {
    return context.getEnvironment().getRequiredProperty(property);
  }

  @Override
  public void close() {
    context.close();
  }
}
