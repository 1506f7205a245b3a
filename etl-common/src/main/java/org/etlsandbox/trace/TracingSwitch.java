package org.etlsandbox.trace;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Traces are made where there is an endpoint to send them to. Spring Boot makes them whenever the
 * libraries are there, sent or not; so without an endpoint its parts for them are left out. Logs
 * are never sent by OTLP. Public with a public constructor because Spring creates it.
 *
 * @see <a href="https://docs.spring.io/spring-boot/reference/actuator/tracing.html">Tracing</a>
 */
public final class TracingSwitch
    implements AutoConfigurationImportFilter, Condition, EnvironmentAware {

  /** Set by {@code OTEL_EXPORTER_OTLP_ENDPOINT}, too. */
  static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

  private static final String BOOT = "org.springframework.boot.";

  private static final Set<String> NEVER =
      Set.of(
          BOOT + "opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration",
          BOOT + "opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration");

  private static final Set<String> WITH_AN_ENDPOINT =
      Set.of(
          BOOT + "opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
          BOOT
              + "micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
          BOOT + "micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration",
          BOOT + "micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
          BOOT + "micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
          BOOT
              + "micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration");

  private @Nullable Environment environment;

  @Override
  public void setEnvironment(Environment given) {
    this.environment = given;
  }

  @Override
  public boolean[] match(
      @Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
    boolean on = environment != null && isOn(environment);
    boolean[] wanted = new boolean[autoConfigurations.length];
    for (int i = 0; i < wanted.length; i++) {
      String name = autoConfigurations[i];
      wanted[i] = name == null || !NEVER.contains(name) && (on || !WITH_AN_ENDPOINT.contains(name));
    }
    return wanted;
  }

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return isOn(context.getEnvironment());
  }

  private static boolean isOn(Environment environment) {
    return StringUtils.hasText(environment.getProperty(ENDPOINT));
  }
}
