package org.etlsandbox.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.etlsandbox.access.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

class ServiceApplicationTest {

  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() {
    service = startService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static ConfigurableApplicationContext startService() {
    return ServiceUnderTest.application()
        .run(TestIssuer.arguments("--server.port=0", "--management.server.port=0"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /nowhere,     application/json, 404",
    "GET,  /nowhere,     text/html,        404",
    "GET,  /error,       text/html,        404",
    "POST, /fine,        */*,              405",
    "GET,  /fine,        image/png,        406",
    "GET,  /sends-error, text/html,        409",
    "GET,  /throws,      text/html,        500",
  })
  void everyErrorIsAProblem(String method, String path, String accept, int status)
      throws Exception {
    HttpResponse<String> answer = send(method, path, accept);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(answer.body())
        .contains("\"status\":" + status, "\"requestId\":\"")
        .doesNotContain("secret detail", "Exception", "<html", "\"trace\"");
  }

  @Test
  void whatTomcatRefusesIsAProblemToo() throws IOException {
    String answer = raw("GET /fine?x=<> HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains(
            "application/problem+json",
            "{\"title\":\"Bad Request\",\"status\":400,\"requestId\":\"")
        .containsPattern("X-Request-Id: [0-9a-f-]{36}\r\n")
        .doesNotContain("<html", "Tomcat");
  }

  @Test
  void invalidParameterIsNamedWithItsValueCut() throws Exception {
    assertThat(send("GET", "/refuses?value=" + "x".repeat(5_000), "*/*").body())
        .contains(
            "\"title\":\"Invalid parameter\"",
            "\"parameter\":\"value\"",
            "\"value\":\"" + "x".repeat(100) + "…\"",
            "Parameter 'value' must be small, but is 'xxx")
        .hasSizeLessThan(1_000);
    assertThat(send("GET", "/refuses", "*/*").body())
        .contains("Parameter 'value' must be small, but is missing.", "\"value\":null");
  }

  @Test
  void managementHasAPortOfItsOwn() throws Exception {
    assertThat(send("GET", "/actuator/health", "*/*").statusCode()).isEqualTo(404);
    for (String path : new String[] {"health/liveness", "health/readiness", "prometheus"}) {
      assertThat(manage(service, path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(manage(service, "env").statusCode()).isEqualTo(404);
    assertThat(manage(service, "prometheus").body())
        .contains("jvm_memory_used_bytes{", "service=\"service-under-test\"");
  }

  @Test
  void listensOnLoopbackOnly() {
    for (String property : new String[] {"local.server.port", "local.management.port"}) {
      int port = port(service, property);
      assertThatThrownBy(() -> new Socket(InetAddress.getByName("127.0.0.2"), port).close())
          .as(property)
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void fileOfTheServiceWinsOverTheSharedOne() {
    Environment environment = service.getEnvironment();
    assertThat(environment.getProperty("management.endpoint.health.show-details"))
        .isEqualTo("never");
    assertThat(environment.getProperty("spring.threads.virtual.enabled")).isEqualTo("true");
    assertThat(environment.getProperty("spring.application.name")).isEqualTo("service-under-test");
  }

  @Test
  void databaseOnTheClassPathSwitchesNothingOn() {
    assertThat(service.getBeansOfType(DataSource.class)).isEmpty();
  }

  @Test
  void runsNextToAnotherInOneJvm() throws Exception {
    try (ConfigurableApplicationContext other = startService()) {
      assertThat(send("GET", "/fine", "*/*").body()).isEqualTo("fine");
      assertThat(manage(other, "health").statusCode()).isEqualTo(200);
      assertThat(manage(other, "prometheus").body()).doesNotContain("uri=\"/fine\"");
    }
    assertThat(manage(service, "prometheus").body()).contains("uri=\"/fine\"");
  }

  private static HttpResponse<String> send(String method, String path, String accept)
      throws Exception {
    return send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port(service, "local.server.port") + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Accept", accept)
            .header("Authorization", TestIssuer.bearer("etl.read"))
            .build());
  }

  private static HttpResponse<String> manage(ConfigurableApplicationContext of, String path)
      throws Exception {
    return send(
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + port(of, "local.management.port") + "/actuator/" + path))
            .header("Authorization", TestIssuer.bearer("etl.admin"))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port(service, "local.server.port"))) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int port(ConfigurableApplicationContext of, String property) {
    return of.getEnvironment().getRequiredProperty(property, Integer.class);
  }
}
