package org.etlsandbox.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Answers like the key-value engine (version 2) of a Vault, and like nothing else of it.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2">KV version 2</a>
 */
final class StandInVault implements AutoCloseable {

  private final HttpServer server;
  private final String token;

  /**
   * @param path of the secret, {@code beta-worker}
   */
  StandInVault(String token, String path, Map<String, String> secret) throws IOException {
    this.token = token;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String values =
        secret.entrySet().stream()
            .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(","));
    server.createContext("/", exchange -> answer(exchange, 404, "{\"errors\":[]}"));
    server.createContext(
        "/v1/secret/data/" + path,
        exchange ->
            answer(
                exchange,
                200,
                "{\"data\":{\"data\":{%s},\"metadata\":{\"version\":1}}}".formatted(values)));
    server.createContext(
        "/v1/sys/internal/ui/mounts/secret",
        exchange ->
            answer(
                exchange,
                200,
                "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}"));
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange, int status, String json) throws IOException {
    boolean known = token.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
    byte[] body =
        (known ? json : "{\"errors\":[\"permission denied\"]}").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(known ? status : 403, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
