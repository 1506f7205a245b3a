package org.etlsandbox.beta;

import java.util.List;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;
import org.etlsandbox.testkit.worker.MannersContract;
import org.junit.jupiter.api.Nested;
import org.springframework.boot.builder.SpringApplicationBuilder;

class BetaWorkerMannersTest {

  @Nested
  class TowardsMySql extends FromBetaWorker {

    @Override
    protected EngineUnderTest jupiterEngine() {
      return TestEngines.mySql();
    }

    @Override
    protected List<String> idlePoll() {
      return List.of(
          "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED), id = CONNECTION_ID()",
          "SELECT e.thread_id, e.event_id",
          "SHOW GLOBAL STATUS LIKE 'Com\\_xa\\_prepare'",
          "SELECT EXISTS (SELECT 1 FROM rental");
    }
  }

  @Nested
  class TowardsMariaDb extends FromBetaWorker {

    @Override
    protected EngineUnderTest jupiterEngine() {
      return TestEngines.mariaDb();
    }

    @Override
    protected List<String> idlePoll() {
      return List.of(
          "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED), id = CONNECTION_ID()",
          "SELECT GET_LOCK('etl-sandbox.innodb_trx'",
          "START TRANSACTION READ ONLY",
          "SELECT 1 FROM category LIMIT 1",
          "SELECT /* ",
          "COMMIT",
          "SELECT RELEASE_LOCK('etl-sandbox.innodb_trx')",
          "SELECT EXISTS (SELECT 1 FROM rental");
    }
  }

  private abstract static class FromBetaWorker extends MannersContract {

    @Override
    protected SpringApplicationBuilder application() {
      return BetaWorker.application();
    }

    @Override
    protected EngineUnderTest destinationEngine() {
      return TestEngines.postgreSql();
    }
  }
}
