package org.etlsandbox.worker;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import org.etlsandbox.access.EndpointRole;
import org.etlsandbox.access.Role;
import org.etlsandbox.connection.ConnectionSettings;
import org.etlsandbox.connection.StatementWatch;
import org.etlsandbox.control.ControlDatabase;
import org.etlsandbox.destination.Destination;
import org.etlsandbox.destination.DestinationProvider;
import org.etlsandbox.failure.StoreException;
import org.etlsandbox.quarantine.Quarantine;
import org.etlsandbox.refresh.RefreshJob;
import org.etlsandbox.service.PeriodicHealth;
import org.etlsandbox.service.TlsProperties;
import org.etlsandbox.source.ReadRate;
import org.etlsandbox.source.Source;
import org.etlsandbox.trace.LogFields;
import org.etlsandbox.trace.Traces;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A worker's parts, put together. The only place that knows both the engine and Spring. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EtlProperties.class)
public class WorkerConfiguration {

  private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(10);

  private final String worker;
  private final EtlProperties etl;
  private final TlsProperties tls;
  private final @Nullable StatementWatch watch;
  private final MetricsTrackerFactory pools;

  WorkerConfiguration(
      @Value("${spring.application.name}") String worker,
      EtlProperties etl,
      TlsProperties tls,
      ObjectProvider<StatementWatch> watch,
      MeterRegistry registry) {
    this.worker = worker;
    this.etl = etl;
    this.tls = tls;
    this.watch = watch.getIfAvailable();
    this.pools = new MicrometerMetricsTrackerFactory(registry);
  }

  @Bean
  Source source() {
    ConnectionSettings settings = seen(etl.jupiterSettings(tls));
    return Adapters.source(settings).open(settings, new ReadRate(etl.jupiter().maxRowsPerSecond()));
  }

  private ConnectionSettings seen(ConnectionSettings settings) {
    return settings.watchedBy(watch).countedBy(pools);
  }

  @Bean
  ControlDatabase controlDatabase() {
    return new ControlDatabase(seen(etl.controlSettings(tls)));
  }

  @Bean
  DestinationProvider destinationProvider() {
    return Adapters.destination(etl.destinationSettings(tls));
  }

  @Bean
  Destination destination(DestinationProvider provider) {
    return provider.open(seen(etl.destinationSettings(tls)));
  }

  @Bean
  Quarantine quarantine(ControlDatabase control) {
    return new Quarantine(control, worker);
  }

  @Bean
  WorkerStatus workerStatus() {
    return new WorkerStatus(new Circuit(etl.retry()), etl.poll().longest());
  }

  @Bean
  WorkerMeters workerMeters(MeterRegistry registry, WorkerStatus status, Quarantine quarantine) {
    return new WorkerMeters(registry, status, quarantine);
  }

  @Bean
  WorkerLoop workerLoop(
      Source source,
      Destination destination,
      ControlDatabase control,
      Quarantine quarantine,
      WorkerStatus status,
      WorkerMeters meters,
      MeterRegistry registry,
      ObjectProvider<Traces> traces) {
    WorkerOptions options = WorkerOptions.of(worker, etl);
    Pause pause = new Pause();
    WorkerSession session =
        new WorkerSession(
            source,
            source.settledClock(options.settle()),
            destination,
            control,
            quarantine,
            status,
            meters,
            new RefreshJob(worker, etl.parallelism(), metersOfJobs(registry)),
            pause,
            traces.getIfAvailable(() -> Traces.OFF),
            options);
    return new WorkerLoop(worker, etl.destination().name(), session, status, meters, pause);
  }

  /** Spring Batch's own steps are meters, not spans: those of the work are ours. */
  private static ObservationRegistry metersOfJobs(MeterRegistry registry) {
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(registry));
    return observations;
  }

  @Bean
  StatusController statusController(
      DestinationProvider provider, WorkerStatus status, Quarantine quarantine) {
    boolean standIn = !provider.product().equals(etl.destination().product());
    return new StatusController(worker, etl.destination(), standIn, status, quarantine);
  }

  @Bean
  EndpointRole statusRole() {
    return EndpointRole.get(StatusController.PATH, Role.READ);
  }

  @Bean
  PeriodicHealth jupiterHealthIndicator(Source source) {
    return health("jupiter", source::check);
  }

  @Bean
  PeriodicHealth destinationHealthIndicator(Destination destination) {
    return health(etl.destination().name(), destination::check);
  }

  @Bean
  PeriodicHealth controlHealthIndicator(ControlDatabase control) {
    return health("control", control::check);
  }

  /** Down when the worker has given up; a worker that tries again is up. */
  @Bean
  HealthIndicator workerHealthIndicator(WorkerStatus status) {
    return () -> {
      Health.Builder health = status.state() == WorkerState.STOPPED ? Health.down() : Health.up();
      health.withDetail("state", status.state().word());
      Circuit.View circuit = status.circuit().view();
      health.withDetail("circuit", circuit.state().word());
      health.withDetail("circuitSeconds", circuit.since().toSeconds());
      health.withDetail("failuresInARow", circuit.failures());
      Duration next = circuit.nextAttempt();
      if (next != null) {
        health.withDetail("nextAttemptSeconds", next.toMillis() / 1000.0);
      }
      String error = status.error();
      return error == null ? health.build() : health.withDetail("error", error).build();
    };
  }

  private PeriodicHealth health(String name, Runnable check) {
    return new PeriodicHealth(
        worker + " " + name,
        HEALTH_INTERVAL,
        Clock.systemUTC(),
        () -> {
          // For all lines of this thread, which is the check's own
          MDC.put(LogFields.DESTINATION, etl.destination().name());
          try {
            check.run();
            return Health.up().build();
          } catch (StoreException e) {
            return Health.down().withDetail("reason", String.valueOf(e.getMessage())).build();
          }
        });
  }
}
