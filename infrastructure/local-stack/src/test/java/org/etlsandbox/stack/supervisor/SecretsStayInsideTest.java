package org.etlsandbox.stack.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.etlsandbox.connection.DatabaseTls.Mode;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.EngineUnavailableException;
import org.etlsandbox.engines.MariaDbEngine;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.sakila.SakilaSchema;
import org.etlsandbox.stack.directory.DataDirectory;
import org.etlsandbox.stack.directory.Secrets;
import org.etlsandbox.stack.directory.TokenKey;
import org.etlsandbox.stack.plan.PortHolder;
import org.etlsandbox.stack.plan.Service;
import org.etlsandbox.stack.plan.StackFailure;
import org.etlsandbox.stack.plan.Store;
import org.etlsandbox.stack.state.Connections;
import org.etlsandbox.stack.state.Connections.Login;
import org.etlsandbox.testkit.sakila.JdbcSakilaWriter;
import org.etlsandbox.testkit.sakila.SampleSakila;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Services as processes of their own, real servers, and passwords that can be searched for: none of
 * them shows up in a log, in what an endpoint answers, or on a command line. Some of the services
 * cannot connect, as that is when passwords get into messages.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsStayInsideTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  /** Is the memory of the process, so it cannot do without. */
  private static final String HEAP_DUMP = "heapdump";

  @TempDir private static Path parent;

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Map<String, String> seen = new LinkedHashMap<>();
  private DataDirectory directory;
  private OwnJvmHost host;
  private Engine jupiter;
  private Engine postgreSql;
  private int portBase;
  private String token = "";
  private String failureOfAStart = "";

  @BeforeAll
  void letServicesWorkAndFail() throws Exception {
    directory = new DataDirectory(parent.resolve("data"));
    directory.make();
    host = new OwnJvmHost(directory);
    startServers();
    portBase = freeBase();
    ServiceProperties properties = new ServiceProperties(connections(), portBase, directory);
    token =
        TokenKey.read(directory)
            .orElseThrow()
            .issue("tester", List.of("etl.admin"), Instant.now().plus(Duration.ofHours(1)));
    secrets.put("scrape token", Secrets.of(directory).scrapeToken());
    secrets.put("token", token);

    Map<String, Object> works = properties.of(Service.ALPHA_WORKER);
    works.put("management.endpoints.web.exposure.include", "*");
    start(Service.ALPHA_WORKER, works);

    Map<String, Object> refused = properties.of(Service.GAMMA_WORKER);
    refused.put("etl.destination.url", postgreSql.jdbcUrl("venus") + "?password=" + secret("url"));
    refused.put("etl.destination.password", secret("wrong password"));
    refused.put("management.endpoints.web.exposure.include", "*");
    refused.put("logging.level.org.etlsandbox", "DEBUG");
    start(Service.GAMMA_WORKER, refused);

    Map<String, Object> unreadable = properties.of(Service.GAMMA_WORKER);
    unreadable.put("etl.destination.url", "jdbc:none://x:" + secret("user info") + "@db/x");
    unreadable.put("server.port", PortHolder.free());
    unreadable.put("management.server.port", PortHolder.free());
    assertThatExceptionOfType(StackFailure.class)
        .isThrownBy(() -> host.start(Service.DELTA_WORKER, PortHolder.free(), unreadable))
        .satisfies(failure -> failureOfAStart = String.valueOf(failure.getMessage()));

    Map<String, Object> query = properties.of(Service.BETA_API);
    query.put("management.endpoints.web.exposure.include", "*");
    query.put("etl.query.url", postgreSql.jdbcUrl("nowhere") + "?user=x&password=" + secret("api"));
    query.put("etl.query.password", secret("wrong password of the API"));
    start(Service.BETA_API, query);

    await(Service.ALPHA_WORKER, status -> status.get("inStep").asBoolean());
    await(Service.GAMMA_WORKER, status -> !status.path("error").asString("").isEmpty());
  }

  private void startServers() throws SQLException {
    try {
      jupiter = MariaDbEngine.start(options("jupiter"));
      postgreSql = PostgreSqlEngine.start(options("postgresql"));
    } catch (EngineUnavailableException e) {
      abort(e.getMessage());
    }
    try (Connection connection =
        DriverManager.getConnection(jupiter.jdbcUrl(), jupiter.username(), jupiter.password())) {
      SakilaSchema.create(connection, true);
    }
    JdbcSakilaWriter shop =
        new JdbcSakilaWriter(
            new DriverManagerDataSource(jupiter.jdbcUrl(), jupiter.username(), jupiter.password()));
    shop.put(SampleSakila.shop(20, 1, shop.now()));
    List.of("control", "mars", "venus").forEach(postgreSql::createDatabase);
  }

  private EngineOptions options(String name) {
    return EngineOptions.in(parent.resolve(name))
        .durable(false)
        .ephemeral(true)
        .password(secret(name))
        .logFile(directory.logs().resolve(name + ".log"))
        .build();
  }

  private Connections connections() {
    Map<Store, Login> logins = new EnumMap<>(Store.class);
    logins.put(Store.JUPITER, login(jupiter, jupiter.jdbcUrl()));
    logins.put(Store.CONTROL, login(postgreSql, postgreSql.jdbcUrl("control")));
    logins.put(Store.MARS, login(postgreSql, postgreSql.jdbcUrl("mars")));
    logins.put(Store.VENUS, login(postgreSql, postgreSql.jdbcUrl("venus")));
    logins.put(Store.NEPTUNE, login(postgreSql, postgreSql.jdbcUrl("mars")));
    return new Connections(logins);
  }

  private static Login login(Engine engine, String url) {
    return new Login(url, engine.username(), engine.password(), Mode.OFF);
  }

  private String secret(String name) {
    return secrets.computeIfAbsent(name, key -> "hush" + UUID.randomUUID());
  }

  private void start(Service service, Map<String, Object> properties) throws InterruptedException {
    properties.put("etl.access.requests-per-minute", 0);
    host.start(service, service.port(portBase), properties);
  }

  private static int freeBase() {
    while (true) {
      int base = 20_000 + (PortHolder.free() % 20_000);
      boolean free = true;
      for (int i = 1; i <= 6; i++) {
        free &= PortHolder.isFree(base + i) && PortHolder.isFree(base + 1000 + i);
      }
      if (free) {
        return base;
      }
    }
  }

  @AfterAll
  void stop() {
    for (AutoCloseable one : new AutoCloseable[] {host, jupiter, postgreSql}) {
      try {
        if (one != null) {
          one.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void noEndpointAnswersWithASecret() throws Exception {
    for (Service service : List.of(Service.ALPHA_WORKER, Service.GAMMA_WORKER, Service.BETA_API)) {
      String home = "http://127.0.0.1:" + service.port(portBase);
      for (String path :
          List.of(
              "/api/v1/status",
              "/api/v1/customer-order-flats/max-id",
              "/api/v1/customer-order-flats/range?from=x",
              "/nowhere")) {
        see(service + " " + path, get(home + path));
      }
      String management = "http://127.0.0.1:" + service.managementPort(portBase) + "/actuator";
      JsonNode links = JSON.readTree(get(management)).get("_links");
      int asked = 0;
      for (Map.Entry<String, JsonNode> link : links.properties()) {
        if (!link.getKey().equals(HEAP_DUMP) && !link.getValue().get("templated").asBoolean()) {
          see(service + " " + link.getKey(), get(link.getValue().get("href").asString()));
          asked++;
        }
      }
      assertThat(asked).as("endpoints of %s: %s", service, links.propertyNames()).isGreaterThan(8);
    }
    assertThat(seen.get("GAMMA_WORKER /api/v1/status")).contains("password authentication failed");
    assertThat(seen.get("ALPHA_WORKER env")).contains("etl.destination.password");
    assertNoSecret();
  }

  @BeforeEach
  void forgetWhatOthersHaveSeen() {
    seen.clear();
  }

  @Test
  void noLogHoldsASecret() throws IOException {
    see("the failure of a start", failureOfAStart);
    try (Stream<Path> logs = Files.list(directory.logs())) {
      for (Path log : logs.toList()) {
        see(log.getFileName().toString(), Files.readString(log, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(seen).containsKeys("alpha-worker.log", "gamma-worker.log", "postgresql.log");
    assertThat(seen.get("gamma-worker.log")).contains("Cause", "PSQLException");
    assertThat(seen.get("delta-worker.log")).contains("no adapter here reads that URL");
    assertNoSecret();
  }

  /** Anybody on the machine can read it. */
  @Test
  void noCommandLineHoldsASecret() throws IOException {
    List<ProcessHandle> processes = ProcessHandle.current().descendants().toList();
    for (ProcessHandle process : processes) {
      try {
        see(
            "process " + process.pid(),
            Files.readString(
                Path.of("/proc", Long.toString(process.pid()), "cmdline"),
                StandardCharsets.ISO_8859_1));
      } catch (NoSuchFileException e) {
        // It has ended meanwhile
      }
    }
    assertThat(processes).as("two servers and three services").hasSizeGreaterThanOrEqualTo(5);
    assertNoSecret();
  }

  private void see(String where, String text) {
    seen.put(where, text);
  }

  private void assertNoSecret() {
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(7);
    secrets.forEach((name, secret) ->
        seen.forEach((where, text) -> {
          for (String form :
              List.of(
                  secret,
                  URLEncoder.encode(secret, StandardCharsets.UTF_8),
                  Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)))) {
            assertThat(text.contains(form)).as("%s shows the secret '%s'", where, name).isFalse();
          }
        }));
  }

  private String get(String uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + token).build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }

  private void await(Service service, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    String status = "http://127.0.0.1:%d/api/v1/status".formatted(service.port(portBase));
    long deadline = System.nanoTime() + 90_000_000_000L;
    while (host.isUp(service) && System.nanoTime() < deadline) {
      if (wanted.test(JSON.readTree(get(status)))) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(
        "%s never got there: %s"
            .formatted(
                service, Files.readString(directory.logs().resolve(service.key() + ".log"))));
  }
}
