package org.etlsandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that an issuer publishes: asked for once, again when a token has a new one. */
class KeySetTest {

  private final AtomicInteger asked = new AtomicInteger();
  private volatile JWKSet published = new JWKSet();
  private HttpServer issuer;
  private RunningService service;

  @BeforeEach
  void start() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          byte[] keys = published.toString().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    issuer.start();
    service =
        new RunningService(
            "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:%d/keys"
                .formatted(issuer.getAddress().getPort()),
            "--spring.security.oauth2.resourceserver.jwt.audiences=etl",
            "--etl.access.issuer=https://issuer.test");
  }

  @AfterEach
  void stop() {
    service.close();
    issuer.stop(0);
  }

  private static RSAKey key(String id) throws Exception {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  private int call(RSAKey key, String audience) throws Exception {
    return get(key, audience).statusCode();
  }

  private HttpResponse<String> get(RSAKey key, String audience) throws Exception {
    return service.get(
        "/read/1", "Authorization", KeyedToken.bearer(key, "https://issuer.test", audience));
  }

  @Test
  void areAskedForOnceAndAgainForANewKey() throws Exception {
    RSAKey first = key("first");
    published = new JWKSet(first.toPublicJWK());
    assertThat(asked).as("nobody is asked before there is a token").hasValue(0);
    for (int i = 0; i < 20; i++) {
      assertThat(call(first, "etl")).isEqualTo(200);
    }
    assertThat(asked).hasValue(1);
    assertThat(call(first, "somebody-else")).as("another audience").isEqualTo(401);

    RSAKey second = key("second");
    published = new JWKSet(List.of(first.toPublicJWK(), second.toPublicJWK()));
    RSAKey other = key("other");
    for (int i = 0; i < 50; i++) {
      RSAKey invented = new RSAKey.Builder(other).keyID("invented-" + i).build();
      assertThat(call(invented, "etl")).isEqualTo(401);
    }
    assertThat(asked.get())
        .as("invented keys do not have the issuer asked each time")
        .isLessThan(5);
  }

  @Test
  void newKeyIsKnownAfterAMoment() throws Exception {
    RSAKey first = key("first");
    published = new JWKSet(first.toPublicJWK());
    assertThat(call(first, "etl")).isEqualTo(200);
    RSAKey second = key("second");
    published = new JWKSet(second.toPublicJWK());
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (call(second, "etl") != 200 && System.nanoTime() < deadline) {
      Thread.sleep(200);
    }
    assertThat(call(second, "etl")).isEqualTo(200);
    assertThat(call(first, "etl")).as("withdrawn").isEqualTo(401);
    assertThat(asked.get()).isBetween(2, 3);
  }

  @Test
  void issuerThatIsDownIsNoFailureOfTheToken() throws Exception {
    issuer.stop(0);
    HttpResponse<String> answer = get(key("first"), "etl");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body())
        .contains("its issuer does not answer")
        .doesNotContain("127.0.0.1", "Exception");
    assertThat(service.manage("GET", "/health/readiness").statusCode()).isEqualTo(200);
  }
}
