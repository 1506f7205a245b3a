package org.etlsandbox.trace;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.etlsandbox.connection.StatementWatch;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpHttpSpanExporterBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** What Spring Boot's tracing lacks; there only where traces are made. */
@Configuration(proxyBeanMethods = false)
@Conditional(TracingSwitch.class)
public class TracingConfiguration {

  @Bean
  Traces traces(Tracer tracer) {
    return new Traces(tracer);
  }

  @Bean
  StatementWatch statementWatch(Tracer tracer) {
    return new StatementSpans(tracer);
  }

  @Bean
  Slf4JEventListener sampledTraceInLogLines() {
    return new SampledTraceFields();
  }

  @Bean
  SpanExporters spanExporters(
      ObjectProvider<SpanExporter> exporters,
      @Value("${" + TracingSwitch.ENDPOINT + "}") String endpoint) {
    return SpanExporters.of(
        exporters
            .orderedStream()
            .map(exporter -> new DiscreetExporter(exporter, endpoint))
            .toList());
  }

  /** What could not be sent is not worth a stop that takes ten seconds longer. */
  @Bean
  OtlpHttpSpanExporterBuilderCustomizer withoutRetries() {
    return builder -> builder.setRetryPolicy(null);
  }
}
