package org.etlsandbox.gamma;

import java.util.List;
import org.etlsandbox.testkit.metrics.MetricsContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class GammaWorkerMetricsTest extends MetricsContract {

  @Override
  protected String kind() {
    return "workers";
  }

  @Override
  protected SpringApplicationBuilder application() {
    return GammaWorker.application();
  }

  @Override
  protected List<String> arguments() {
    return List.of(
        "--etl.jupiter.url=jdbc:mysql://127.0.0.1:9/sakila",
        "--etl.control.url=jdbc:postgresql://127.0.0.1:9/control",
        "--etl.destination.url=jdbc:sqlserver://127.0.0.1:9;databaseName=venus");
  }

  @Override
  protected String path() {
    return "/api/v1/status";
  }
}
