package org.etlsandbox.deltaapi;

import java.util.List;
import org.etlsandbox.testkit.metrics.MetricsContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class DeltaApiMetricsTest extends MetricsContract {

  @Override
  protected String kind() {
    return "delta-api";
  }

  @Override
  protected SpringApplicationBuilder application() {
    return DeltaApi.application();
  }

  @Override
  protected List<String> arguments() {
    return List.of("--etl.ddl.sources.neptune.url=jdbc:postgresql://127.0.0.1:9/neptune");
  }

  @Override
  protected String path() {
    return "/api/v1/ddl/neptune";
  }
}
