package org.etlsandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers, logs and auditors get to see. Who gets in is the test kit's AccessContract. */
class AccessTest {

  private static final String[] READER = {"Authorization", TestIssuer.bearer("etl.read")};
  private static final String[] OPERATOR = {"Authorization", TestIssuer.bearer("etl.operate")};
  private static final String[] ADMINISTRATOR = {"Authorization", TestIssuer.bearer("etl.admin")};

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = new RunningService(TestIssuer.arguments());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String[] with(String[] authorization, String name, String value) {
    return new String[] {authorization[0], authorization[1], name, value};
  }

  @Test
  void whoHasTheRoleIsServed() {
    assertThat(service.get("/read/1", READER).body()).isEqualTo("1");
    assertThat(service.send("HEAD", "/read/1", READER).statusCode()).isEqualTo(200);
    assertThat(service.send("POST", "/operate", OPERATOR).statusCode()).isEqualTo(200);
    assertThat(service.get("/read/stream", READER).body()).isEqualTo("streamed");
  }

  @Test
  void handlerThatNobodyDeclaredIsOpenToNobody() {
    HttpResponse<String> answer = service.get("/forgotten", ADMINISTRATOR);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("No role of the token opens this path.");
  }

  @Test
  void refusalsSayWhatIsMissing() {
    HttpResponse<String> nothing = service.get("/read/1");
    assertThat(header(nothing, "WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(header(nothing, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(nothing.body()).contains("Authorization: Bearer <token>");

    Instant end = Instant.parse("2026-01-01T00:00:00Z");
    String old =
        TestIssuer.TOKENS.sign(
            new JWTClaimsSet.Builder()
                .issuer(TestIssuer.NAME)
                .subject("ann")
                .issueTime(Date.from(end.minusSeconds(60)))
                .expirationTime(Date.from(end))
                .build());
    HttpResponse<String> expired = service.get("/read/1", "Authorization", "Bearer " + old);
    assertThat(header(expired, "WWW-Authenticate"))
        .startsWith("Bearer error=\"invalid_token\", error_description=\"")
        .contains("expired at 2026-01-01T00:00:00Z");
    assertThat(expired.body()).contains("The token is not accepted: ", "expired at");

    HttpResponse<String> role = service.send("POST", "/operate", READER);
    assertThat(role.statusCode()).isEqualTo(403);
    assertThat(header(role, "WWW-Authenticate"))
        .startsWith("Bearer error=\"insufficient_scope\", scope=\"etl.operate\"");
    assertThat(role.body()).contains("The token needs the role etl.operate for this.");

    HttpResponse<String> method = service.send("DELETE", "/operate", READER);
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(header(method, "Allow")).isEqualTo("POST");
  }

  @Test
  void everyAnswerHasTheHeadersThatProtectBrowsers() {
    for (HttpResponse<String> answer :
        List.of(
            service.get("/read/1", READER),
            service.get("/read/1"),
            service.get("/read/fails", READER),
            service.manage("GET", "/health", READER),
            service.manage("GET", "/health/liveness"))) {
      assertThat(header(answer, "Content-Security-Policy"))
          .contains("default-src 'none'", "frame-ancestors 'none'");
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
      assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(header(answer, "Cache-Control")).contains("no-store");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
    assertThat(header(service.get("/read/kept", READER), "Cache-Control"))
        .isEqualTo("no-cache, private");
  }

  @Test
  void browsersAreToldNothingAboutOtherOrigins() {
    HttpResponse<String> preflight =
        service.send(
            "OPTIONS",
            "/read/1",
            "Origin",
            "https://evil.test",
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "authorization");
    assertThat(preflight.statusCode()).isEqualTo(401);
    HttpResponse<String> call = service.get("/read/1", with(READER, "Origin", "https://evil.test"));
    for (HttpResponse<String> answer : List.of(preflight, call)) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control-"));
    }
  }

  @Test
  void originsThatAreNamedMayCall() {
    try (RunningService open =
        new RunningService(TestIssuer.arguments("--etl.access.cors-origins=https://desk.test"))) {
      HttpResponse<String> preflight =
          open.send(
              "OPTIONS",
              "/read/1",
              "Origin",
              "https://desk.test",
              "Access-Control-Request-Method",
              "GET",
              "Access-Control-Request-Headers",
              "authorization");
      assertThat(preflight.statusCode()).isEqualTo(200);
      assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo("https://desk.test");
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      HttpResponse<String> foreign =
          open.get("/read/1", with(READER, "Origin", "https://evil.test"));
      HttpResponse<String> foreignPreflight =
          open.send(
              "OPTIONS",
              "/read/1",
              "Origin",
              "https://evil.test",
              "Access-Control-Request-Method",
              "GET");
      for (HttpResponse<String> refused : List.of(foreign, foreignPreflight)) {
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(header(refused, "Content-Type")).startsWith("application/problem+json");
        assertThat(refused.body())
            .contains("\"requestId\":\"" + header(refused, "X-Request-Id"), "cors-origins");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      }
      assertThat(open.get("/read/1", "Origin", "https://desk.test").statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "run-7.of_Ann",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void requestIdOfTheCallerIsKept(String id) {
    HttpResponse<String> answer = service.get("/read/fails", with(READER, "X-Request-Id", id));
    assertThat(header(answer, "X-Request-Id")).isEqualTo(id);
    assertThat(answer.body()).contains("\"requestId\":\"" + id + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a\"b",
        "<script>",
        "ü",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void otherRequestIdsAreReplaced(String id) {
    HttpResponse<String> answer = service.get("/read/1", with(READER, "X-Request-Id", id));
    assertThat(header(answer, "X-Request-Id")).matches("[0-9a-f-]{36}");
  }

  @Test
  void everyProblemHasTheIdOfItsRequest() {
    for (HttpResponse<String> answer :
        List.of(
            service.get("/read/fails", READER),
            service.get("/read/fails"),
            service.get("/read/1/2/3", READER),
            service.get("/nothing", READER),
            service.send("POST", "/read/1", READER),
            service.get("//read/1", READER),
            service.manage("GET", "/health"),
            service.manage("GET", "/auditevents", READER))) {
      String id = header(answer, "X-Request-Id");
      assertThat(id).as(answer.body()).hasSize(36);
      assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
      assertThat(answer.body())
          .contains("\"requestId\":\"" + id + "\"")
          .doesNotContain("secret detail");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /read/7?name=secret, reader,  subject=ann method=GET route=/read/{id} status=200 ms=",
    "GET,  /read/stream,        reader,  subject=ann method=GET route=/read/stream status=200 ms=",
    "GET,  /read/fails,         reader,  subject=ann method=GET route=/read/fails status=500 ms=",
    "GET,  /read/7/8,           reader,  subject=ann method=GET route=- status=404 ms=",
    "GET,  /read/secret,        nobody,  subject=- method=GET route=/read/** status=401 ms=",
    "POST, /operate,            reader,  subject=ann method=POST route=/operate status=403 ms=",
    "GET,  /secret/path,        reader,  subject=ann method=GET route=- status=403 ms=",
    "GET,  //secret,            reader,  subject=- method=GET route=- status=400 ms=",
  })
  void everyCallIsOneLine(String method, String path, String who, String line) throws Exception {
    try (LogLines log = new LogLines("org.etlsandbox.access")) {
      HttpResponse<String> answer =
          service.send(method, path, who.equals("reader") ? READER : new String[0]);
      String id = " request=" + header(answer, "X-Request-Id");
      assertThat(log.await(id)).startsWith(line).endsWith(id).doesNotContain("secret");
      assertThat(log.lines()).as("lines of one call").hasSize(1);
    }
  }

  @Test
  void callsOfTheManagementPortAreLoggedToo() throws Exception {
    try (LogLines log = new LogLines("org.etlsandbox.access")) {
      service.manage("GET", "/loggers/org.example", with(OPERATOR, "X-Request-Id", "m-1"));
      assertThat(log.await("request=m-1"))
          .startsWith("subject=ann method=GET route=/actuator/loggers/{name} status=200");
    }
  }

  @Test
  void whatTomcatRefusesIsLoggedToo() throws Exception {
    try (LogLines log = new LogLines("org.etlsandbox.access");
        Socket socket = new Socket("127.0.0.1", service.port("local.server.port"))) {
      socket
          .getOutputStream()
          .write(
              "GET /read/1?x=<> HTTP/1.1\r\nHost: here\r\nX-Request-Id: raw-1\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
      assertThat(log.lines()).singleElement().asString().contains("route=- status=400");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noNameBreaksALine() throws Exception {
    String name = "eve\nsubject=root status=200 \u202e" + "x".repeat(500);
    try (LogLines log = new LogLines("org.etlsandbox.access")) {
      service.get(
          "/read/1",
          with(
              new String[] {"Authorization", TestIssuer.bearerOf(name, "etl.read")},
              "X-Request-Id",
              "evil-1"));
      String line = log.await("request=evil-1");
      assertThat(line).startsWith("subject=eve_subject_root_status_200__xxx").hasSizeLessThan(250);
      assertThat(line.chars()).noneMatch(Character::isISOControl);
    }
  }

  @Test
  void refusalsAndChangesAreRecorded() throws Exception {
    try (LogLines log = new LogLines("org.etlsandbox.audit")) {
      service.get("/read/9", "X-Request-Id", "audit-1");
      service.get("/read/9", "Authorization", "Bearer x", "X-Request-Id", "audit-2");
      service.send("POST", "/operate", with(READER, "X-Request-Id", "audit-3"));
      service.send("POST", "/operate", with(OPERATOR, "X-Request-Id", "audit-4"));
      service.manage("POST", "/loggers/org.example", with(OPERATOR, "X-Request-Id", "audit-5"));
      service.manage("GET", "/loggers/org.example", with(OPERATOR, "X-Request-Id", "audit-6"));
      String where = " address=127.0.0.1 reason=";
      assertThat(log.lines())
          .hasSize(5)
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .isEqualTo(
                          "type=AUTHENTICATION_FAILURE principal=anonymous method=GET route=/read/** requestId=audit-1"
                              + where
                              + "no_token"),
              line ->
                  assertThat(line)
                      .startsWith("type=AUTHENTICATION_FAILURE principal=anonymous")
                      .contains("requestId=audit-2" + where),
              line ->
                  assertThat(line)
                      .isEqualTo(
                          "type=AUTHORIZATION_FAILURE principal=ann method=POST route=/operate requestId=audit-3"
                              + where
                              + "role_missing"),
              line -> assertThat(line).isEqualTo("type=OPERATED principal=ann rows=5"),
              line ->
                  assertThat(line)
                      .startsWith("type=STATE_CHANGE principal=ann method=POST")
                      .contains("requestId=audit-5", "path=/actuator/loggers/org.example"));
      String kept = service.manage("GET", "/auditevents", ADMINISTRATOR).body();
      for (String id : List.of("audit-1", "audit-2", "audit-3", "audit-5")) {
        assertThat(kept.split("\"" + id + "\"", -1)).as(id).hasSize(2);
      }
      assertThat(kept).contains("\"type\":\"OPERATED\"").doesNotContain("audit-6");
    }
  }
}
