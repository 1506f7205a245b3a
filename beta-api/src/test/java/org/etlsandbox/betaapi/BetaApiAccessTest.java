package org.etlsandbox.betaapi;

import java.util.List;
import org.etlsandbox.testkit.access.AccessContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Its destination is not there, which is told only to those who may ask. */
class BetaApiAccessTest extends AccessContract {

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
  protected List<Call> readable() {
    String flats = "/api/v1/customer-order-flats";
    return List.of(
        get(flats + "/max-id", 503),
        get(flats + "/range?from=0&to=10", 503),
        get(flats + "/range?from=x", 400),
        get(flats + "/nothing/at/all", 404));
  }
}
