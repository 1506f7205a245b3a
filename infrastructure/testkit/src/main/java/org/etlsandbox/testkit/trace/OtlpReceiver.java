package org.etlsandbox.testkit.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * Takes spans as a collector does: OTLP over HTTP, protobuf, read by OpenTelemetry's own classes.
 * (The SDK for Java sends no JSON.)
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
public final class OtlpReceiver implements AutoCloseable {

  private static final String PATH = "/v1/traces";

  private final HttpServer server;
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
  private final List<String> strays = new CopyOnWriteArrayList<>();

  /** On a free port of the loopback interface. */
  public OtlpReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!path.equals(PATH)) {
        strays.add(path);
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      try (InputStream body =
          zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
        ExportTraceServiceRequest.parseFrom(body)
            .getResourceSpansList()
            .forEach(resource ->
                resource
                    .getScopeSpansList()
                    .forEach(scope ->
                        scope
                            .getSpansList()
                            .forEach(
                                span -> spans.add(ReceivedSpan.of(resource.getResource(), span)))));
      }
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** Arguments that make a service send every trace here, soon. */
  public String[] arguments() {
    return new String[] {
      "--management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint(),
      "--management.opentelemetry.tracing.export.schedule-delay=200ms",
      "--management.tracing.sampling.probability=1"
    };
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /** Paths other than that of traces which somebody has asked for. */
  public List<String> strays() {
    return List.copyOf(strays);
  }

  /** All spans of each trace whose root has come. */
  public List<List<ReceivedSpan>> traces() {
    Map<String, List<ReceivedSpan>> byTrace = new LinkedHashMap<>();
    spans.forEach(span -> byTrace.computeIfAbsent(span.trace(), id -> new ArrayList<>()).add(span));
    return byTrace.values().stream()
        .filter(trace -> trace.stream().anyMatch(ReceivedSpan::isRoot))
        .toList();
  }

  /** Waits for a trace whose root is as wanted; fails with the names of those that have come. */
  public List<ReceivedSpan> await(String what, int seconds, Predicate<ReceivedSpan> root) {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < deadline) {
      for (List<ReceivedSpan> trace : traces()) {
        if (trace.stream().filter(ReceivedSpan::isRoot).anyMatch(root)) {
          return trace;
        }
      }
      pause();
    }
    throw new AssertionError(
        "No trace within %d s: %s. Roots that came: %s"
            .formatted(
                seconds,
                what,
                spans.stream().filter(ReceivedSpan::isRoot).map(ReceivedSpan::name).toList()));
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
