package org.etlsandbox.soak.crash;

import java.util.Locale;
import org.etlsandbox.alpha.AlphaWorker;
import org.etlsandbox.beta.BetaWorker;
import org.etlsandbox.connection.SqlServerUrl;
import org.etlsandbox.delta.DeltaWorker;
import org.etlsandbox.gamma.GammaWorker;
import org.etlsandbox.testkit.engine.EngineUnderTest;
import org.etlsandbox.testkit.engine.TestEngines;

/** A destination and the worker that fills it. */
enum Target {
  MARS(AlphaWorker.class),
  NEPTUNE(BetaWorker.class),
  VENUS(GammaWorker.class),
  CLICKHOUSE(DeltaWorker.class);

  private final Class<?> worker;

  Target(Class<?> worker) {
    this.worker = worker;
  }

  String mainClass() {
    return worker.getName();
  }

  /**
   * Mars and Venus are databases of the SQL Server that {@code MARS_URL} names; without it,
   * PostgreSQL stands in for it.
   */
  EngineUnderTest engine() {
    return switch (this) {
      case NEPTUNE -> TestEngines.postgreSql();
      case CLICKHOUSE -> TestEngines.clickHouse();
      case MARS, VENUS -> standIn() ? TestEngines.postgreSql() : TestEngines.sqlServer();
    };
  }

  boolean standIn() {
    String url = System.getenv("MARS_URL");
    return (this == MARS || this == VENUS) && (url == null || !SqlServerUrl.isOne(url));
  }

  /** Name and engine: {@code mars (PostgreSQL 18.6 (embedded), stand-in for SQL Server)}. */
  String label() {
    return key() + " (" + engine().label() + (standIn() ? ", stand-in for SQL Server)" : ")");
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
