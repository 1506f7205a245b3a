package org.etlsandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An issuer that is known by its address alone (OpenID Connect Discovery 1.0). */
class IssuerDiscoveryTest {

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer issuer;
  private String address;
  private RSAKey key;
  private RunningService service;

  @BeforeEach
  void start() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("key").generate();
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    address = "http://127.0.0.1:%d/realms/shop".formatted(issuer.getAddress().getPort());
    serve(
        "/realms/shop/.well-known/openid-configuration",
        """
        {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"]}
        """
            .formatted(address));
    serve("/realms/shop/keys", new JWKSet(key.toPublicJWK()).toString());
    service =
        new RunningService("--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + address);
  }

  private void serve(String path, String json) {
    issuer.createContext(
        path,
        exchange -> {
          asked.incrementAndGet();
          byte[] body = json.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    service.close();
    issuer.stop(0);
  }

  @Test
  void itsDocumentLeadsToItsKeysAndItsNameIsChecked() throws Exception {
    issuer.start();
    assertThat(asked).as("nobody is asked before there is a token").hasValue(0);
    for (int i = 0; i < 10; i++) {
      assertThat(get(address).statusCode()).isEqualTo(200);
    }
    int once = asked.get();
    assertThat(get("https://somebody-else.test").statusCode()).isEqualTo(401);
    assertThat(get(address).statusCode()).isEqualTo(200);
    assertThat(asked).as("document and keys are kept").hasValue(once).hasValueLessThan(5);
  }

  @Test
  void mayComeUpAfterTheService() throws Exception {
    HttpResponse<String> answer = get(address);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("its issuer does not answer").doesNotContain("127.0.0.1");

    issuer.start();
    // It is asked again after a moment, not at once
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (get(address).statusCode() != 200 && System.nanoTime() < deadline) {
      Thread.sleep(200);
    }
    assertThat(get(address).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String name) throws Exception {
    return service.get("/read/1", "Authorization", KeyedToken.bearer(key, name, "anybody"));
  }
}
