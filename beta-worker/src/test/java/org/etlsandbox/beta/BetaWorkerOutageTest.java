package org.etlsandbox.beta;

import java.nio.file.Path;
import java.util.List;
import org.etlsandbox.engines.Engine;
import org.etlsandbox.engines.EngineOptions;
import org.etlsandbox.engines.PostgreSqlEngine;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.OutageContract;
import org.springframework.boot.builder.SpringApplicationBuilder;

class BetaWorkerOutageTest extends OutageContract {

  @Override
  protected SpringApplicationBuilder application() {
    return BetaWorker.application();
  }

  @Override
  protected EngineUnderTest destinationEngine() {
    return TestEngines.postgreSql();
  }

  @Override
  protected Engine startServer(EngineOptions options) {
    return PostgreSqlEngine.start(options);
  }

  @Override
  protected List<String> moveTo(Path disk, String database) {
    return List.of(
        "CREATE TABLESPACE small_disk LOCATION '%s'".formatted(disk),
        "ALTER DATABASE %s SET TABLESPACE small_disk".formatted(database));
  }
}
