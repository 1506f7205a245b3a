package org.etlsandbox.engines.chdb;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.jspecify.annotations.Nullable;

/** What a client asks for, from the URL and the headers. */
final class Request {
  /** Parameters with a meaning of their own; every other one is a setting or a query parameter. */
  private static final Set<String> RESERVED =
      Set.of(
          "query",
          "database",
          "default_format",
          "query_id",
          "user",
          "password",
          "compress",
          "decompress",
          "enable_http_compression",
          "buffer_size",
          "wait_end_of_query",
          "client_protocol_version",
          "session_timeout",
          "session_check",
          "quota_key",
          "stacktrace");

  private static final String PARAMETER = "param_";

  private final Map<String, String> url;
  private final Headers headers;
  private final InputStream body;
  private final String queryId;

  private Request(Map<String, String> url, Headers headers, InputStream body) {
    this.url = url;
    this.headers = headers;
    this.body = body;
    String given = url.get("query_id");
    if (given == null || given.isEmpty()) {
      given = headers.getFirst("X-ClickHouse-Query-Id");
    }
    queryId = given == null || given.isEmpty() ? UUID.randomUUID().toString() : given;
  }

  static Request of(HttpExchange exchange) {
    Map<String, String> url = new LinkedHashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        url.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return new Request(url, exchange.getRequestHeaders(), exchange.getRequestBody());
  }

  /** What was given as password, by any of the ways that ClickHouse knows. */
  @Nullable String password() {
    String authorization = headers.getFirst("Authorization");
    if (authorization != null && authorization.startsWith("Basic ")) {
      try {
        String pair =
            new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length()).strip()),
                StandardCharsets.UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    String key = headers.getFirst("X-ClickHouse-Key");
    return key != null ? key : url.get("password");
  }

  /** Says no to what this front does not do, rather than doing something else. */
  void refuseUnsupported() throws ClickHouseError {
    for (String parameter : new String[] {"session_id", "role"}) {
      if (url.containsKey(parameter)) {
        throw unsupported("The URL parameter '%s'".formatted(parameter));
      }
    }
    String type = headers.getFirst("Content-Type");
    if (type != null && type.startsWith("multipart/")) {
      throw unsupported("A body of type " + type);
    }
  }

  private static ClickHouseError unsupported(String what) {
    return new ClickHouseError(
        ClickHouseError.NOT_IMPLEMENTED,
        what + " is not supported by the embedded engine: use a ClickHouse server for it.");
  }

  String queryId() {
    return queryId;
  }

  /** The statement in the URL; null = it is in the body. */
  @Nullable String query() {
    String query = url.get("query");
    return query == null || query.isBlank() ? null : query;
  }

  @Nullable String database() {
    String database = url.get("database");
    return database != null ? database : headers.getFirst("X-ClickHouse-Database");
  }

  String format() {
    String format = url.get("default_format");
    if (format == null) {
      format = headers.getFirst("X-ClickHouse-Format");
    }
    return format == null ? "TabSeparated" : format;
  }

  boolean compressAnswer() {
    return "1".equals(url.get("compress"));
  }

  /** Query parameters for {@code {name:Type}}, by their names. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    url.forEach((name, value) -> {
      if (name.startsWith(PARAMETER)) {
        parameters.put(name.substring(PARAMETER.length()), value);
      }
    });
    return parameters;
  }

  /** ClickHouse settings for this request only. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    // The engine gives no way to set the query_id: its place is taken by this
    settings.put("log_comment", queryId);
    url.forEach((name, value) -> {
      if (!RESERVED.contains(name) && !name.startsWith(PARAMETER)) {
        settings.put(name, value);
      }
    });
    return settings;
  }

  /** The body, decompressed. */
  InputStream body() throws IOException, ClickHouseError {
    String encoding = headers.getFirst("Content-Encoding");
    InputStream decoded =
        switch (encoding) {
          case null -> body;
          case "", "identity" -> body;
          case "gzip" -> new GZIPInputStream(body);
          case "lz4" -> new LZ4FrameInputStream(body);
          default -> throw unsupported("Content-Encoding '%s'".formatted(encoding));
        };
    return "1".equals(url.get("decompress")) ? new CompressedInput(decoded) : decoded;
  }

  /** Reads what is left, so that a client that is still sending gets to read the answer. */
  void drain() throws IOException {
    body.transferTo(java.io.OutputStream.nullOutputStream());
  }
}
