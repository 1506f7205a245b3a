package org.etlsandbox.beta;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.etlsandbox.connection.StatementWatch;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.testkit.access.TestTokens;
import org.etlsandbox.testkit.engine.TestDatabase;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.trace.OtlpReceiver;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Whoever wants no traces has nothing of them in the process. */
class BetaWorkerWithoutTracesTest {

  private static final List<Class<?>> PARTS =
      List.of(
          Tracer.class,
          OpenTelemetry.class,
          SpanProcessor.class,
          SpanExporter.class,
          StatementWatch.class);

  @Test
  void withoutAnEndpointThereIsNoTracerNoThreadAndNoProxy() throws Exception {
    assertThat(partsWith()).isEmpty();
    assertThat(partsWith("--management.opentelemetry.tracing.export.otlp.endpoint="))
        .as("an empty one is none")
        .isEmpty();
  }

  /** Or the test above would see nothing of anything. */
  @Test
  void withAnEndpointThereIsAllOfThat() throws Exception {
    try (OtlpReceiver collector = new OtlpReceiver()) {
      assertThat(partsWith(collector.arguments()))
          .contains("thread", "proxy")
          .containsAll(PARTS.stream().map(Class::getSimpleName).toList());
    }
  }

  private static List<String> partsWith(String... more) throws Exception {
    List<String> parts = new ArrayList<>();
    try (TestDatabase control = TestEngines.postgreSql().newDatabase();
        ConfigurableApplicationContext worker =
            BetaWorker.application()
                .run(
                    TestTokens.arguments(
                        Stream.concat(
                                Stream.of(
                                    "--server.port=0",
                                    "--management.server.port=0",
                                    "--etl.tls.databases=off",
                                    "--etl.jupiter.url=jdbc:mysql://127.0.0.1:9/sakila",
                                    "--etl.destination.url=jdbc:postgresql://127.0.0.1:9/neptune",
                                    "--etl.control.url=" + control.url(),
                                    "--etl.control.username=" + control.username(),
                                    "--etl.control.password=" + control.password()),
                                Stream.of(more))
                            .toArray(String[]::new)))) {
      for (Class<?> part : PARTS) {
        if (worker.getBeanNamesForType(part).length > 0) {
          parts.add(part.getSimpleName());
        }
      }
      if (Thread.getAllStackTraces().keySet().stream()
          .anyMatch(thread -> thread.getName().contains("BatchSpanProcessor"))) {
        parts.add("thread");
      }
      try (Connection connection =
          worker.getBean(ControlDatabase.class).dataSource().getConnection()) {
        if (Proxy.isProxyClass(connection.getClass())) {
          parts.add("proxy");
        }
      }
    }
    return parts;
  }
}
