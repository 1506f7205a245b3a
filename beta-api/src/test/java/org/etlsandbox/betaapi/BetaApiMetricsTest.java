package org.etlsandbox.betaapi;

import java.util.List;
import org.etlsandbox.testkit.metrics.MetricsContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class BetaApiMetricsTest extends MetricsContract {

  @Override
  protected String kind() {
    return "beta-api";
  }

  @Override
  protected SpringApplicationBuilder application() {
    return BetaApi.application();
  }

  @Override
  protected List<String> arguments() {
    return List.of(
        "--etl.query.url=jdbc:postgresql://127.0.0.1:9/neptune",
        "--etl.query.connect-timeout=250ms");
  }

  @Override
  protected String path() {
    return "/api/v1/customer-order-flats/max-id";
  }
}
