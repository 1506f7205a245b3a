package org.etlsandbox.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Who gets in where: every endpoint of a service, with every kind of token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AccessContract {

  private static final String READ = "etl.read";
  private static final String OPERATE = "etl.operate";
  private static final String ADMIN = "etl.admin";
  private static final String SCRAPE = "scrape token";

  /** An endpoint that answers with this status when it is opened. */
  protected record Call(boolean management, String method, String path, int status) {
    @Override
    public String toString() {
      return "%s %s%s".formatted(method, management ? "management " : "", path);
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable ConfigurableApplicationContext service;

  /** The service, not yet running. */
  protected abstract SpringApplicationBuilder application();

  /** Arguments of the service, besides ports and tokens. */
  protected abstract List<String> arguments();

  /** What {@code etl.read} opens on the service's own port. */
  protected abstract List<Call> readable();

  protected static Call get(String path, int status) {
    return new Call(false, "GET", path, status);
  }

  private static Call manage(String path) {
    return new Call(true, "GET", "/actuator" + path, 200);
  }

  @BeforeAll
  void start() {
    List<String> all = new ArrayList<>(arguments());
    all.add("--server.port=0");
    all.add("--management.server.port=0");
    service = application().run(TestTokens.arguments(all.toArray(String[]::new)));
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
    http.close();
  }

  /** Each endpoint with the roles that open it. */
  private Map<Call, Set<String>> endpoints() {
    Map<Call, Set<String>> endpoints = new LinkedHashMap<>();
    for (Call call : readable()) {
      endpoints.put(call, Set.of(READ, OPERATE, ADMIN));
    }
    Set<String> nobody = Set.of();
    for (String path : List.of("/", "/api", "/api/v1/nothing", "/actuator/health", "/logout")) {
      endpoints.put(get(path, 0), nobody);
    }
    endpoints.put(new Call(false, "POST", "/login", 0), nobody);
    endpoints.put(new Call(false, "OPTIONS", "/api/v1/nothing", 0), nobody);
    endpoints.put(new Call(true, "GET", "/", 0), nobody);
    // Opened like on the service's own port, but it is not there
    endpoints.put(
        new Call(true, "GET", readable().getFirst().path(), 404), Set.of(READ, OPERATE, ADMIN));
    // One that is always up: others depend on databases
    endpoints.put(manage("/health/ping"), Set.of(READ, OPERATE, ADMIN));
    endpoints.put(manage("/prometheus"), Set.of(SCRAPE, ADMIN));
    endpoints.put(manage("/loggers"), Set.of(OPERATE, ADMIN));
    endpoints.put(
        new Call(true, "POST", "/actuator/loggers/org.etlsandbox.nothing", 204),
        Set.of(OPERATE, ADMIN));
    for (String path : List.of("", "/info", "/auditevents")) {
      endpoints.put(manage(path), Set.of(ADMIN));
    }
    endpoints.put(
        new Call(true, "POST", "/actuator/health/liveness", 405), Set.of(READ, OPERATE, ADMIN));
    return endpoints;
  }

  private Stream<Call> all() {
    return endpoints().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void withoutAGoodTokenNothingIsOpen(Call call) throws Exception {
    for (Map.Entry<String, String> bad : BadTokens.headers().entrySet()) {
      HttpResponse<String> answer = send(call, bad.getValue());
      assertThat(answer.statusCode()).as("%s, token: %s", call, bad.getKey()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate"))
          .as("%s, token: %s", call, bad.getKey())
          .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
      if (!call.method().equals("HEAD")) {
        assertThat(answer.body()).contains("\"status\":401", "\"requestId\":\"");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aTokenOpensWhatItsRolesOpen(Call call) throws Exception {
    Set<String> open = endpoints().getOrDefault(call, Set.of());
    for (String role : List.of("", "etl.write", "ROLE_etl.admin", READ, OPERATE, ADMIN)) {
      int expected = open.contains(role) ? call.status() : 403;
      assertThat(send(call, TestTokens.bearer(role)).statusCode())
          .as("%s, role: '%s'", call, role)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theScrapeTokenOpensTheMetersOnly(Call call) throws Exception {
    Set<String> open = endpoints().getOrDefault(call, Set.of());
    // On the service's own port it is no token at all
    int refused = call.management() && call.path().startsWith("/actuator") ? 403 : 401;
    assertThat(send(call, "Bearer " + TestTokens.SCRAPE_TOKEN).statusCode())
        .isEqualTo(open.contains(SCRAPE) ? call.status() : refused);
  }

  @Test
  void probesAreOpenToEverybodyAndSayNothingElse() throws Exception {
    for (String probe : List.of("/health/liveness", "/health/readiness")) {
      HttpResponse<String> answer = send(manage(probe), null);
      assertThat(answer.statusCode()).as(probe).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
      assertThat(send(manage(probe), "Bearer nonsense").statusCode()).isEqualTo(200);
      assertThat(send(manage(probe + "/more"), null).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void healthWithDetailsIsForReaders() throws Exception {
    assertThat(send(manage("/health"), null).statusCode()).isEqualTo(401);
    assertThat(send(manage("/health"), TestTokens.bearer("other")).statusCode()).isEqualTo(403);
    assertThat(send(manage("/health"), TestTokens.bearer(READ)).body())
        .contains("\"components\":{");
  }

  @Test
  void tokensAreTakenFromTheHeaderOnly() throws Exception {
    String token = TestTokens.bearer(ADMIN).substring("Bearer ".length());
    Call call = readable().getFirst();
    String sign = call.path().contains("?") ? "&" : "?";
    assertThat(send(get(call.path() + sign + "access_token=" + token, 0), null).statusCode())
        .isEqualTo(401);
  }

  private HttpResponse<String> send(Call call, @Nullable String authorization)
      throws IOException, InterruptedException {
    String port = call.management() ? "local.management.port" : "local.server.port";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + (service == null ? "" : service.getEnvironment().getProperty(port))
                        + call.path()))
            .method(
                call.method(),
                call.method().equals("POST")
                    ? HttpRequest.BodyPublishers.ofString("{\"configuredLevel\":\"INFO\"}")
                    : HttpRequest.BodyPublishers.noBody())
            .header("Content-Type", "application/json");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
