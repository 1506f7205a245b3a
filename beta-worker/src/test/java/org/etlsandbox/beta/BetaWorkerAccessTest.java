package org.etlsandbox.beta;

import java.util.List;
import org.etlsandbox.testkit.access.AccessContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Its databases are not there: whether somebody gets in does not depend on them. */
class BetaWorkerAccessTest extends AccessContract {

  @Override
  protected SpringApplicationBuilder application() {
    return BetaWorker.application();
  }

  @Override
  protected List<String> arguments() {
    return List.of(
        "--etl.jupiter.url=jdbc:mysql://127.0.0.1:9/sakila",
        "--etl.control.url=jdbc:postgresql://127.0.0.1:9/control",
        "--etl.destination.url=jdbc:postgresql://127.0.0.1:9/neptune");
  }

  @Override
  protected List<Call> readable() {
    return List.of(get("/api/v1/status", 200));
  }
}
