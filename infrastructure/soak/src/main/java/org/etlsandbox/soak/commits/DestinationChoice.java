package org.etlsandbox.soak.commits;

import java.util.Locale;
import org.etlsandbox.alpha.AlphaWorker;
import org.etlsandbox.beta.BetaWorker;
import org.etlsandbox.delta.DeltaWorker;
import org.etlsandbox.gamma.GammaWorker;

/** A destination and the worker that keeps it in step. */
public enum DestinationChoice {
  MARS("alpha-worker", AlphaWorker.class),
  NEPTUNE("beta-worker", BetaWorker.class),
  VENUS("gamma-worker", GammaWorker.class),
  CLICKHOUSE("delta-worker", DeltaWorker.class);

  private final String worker;
  private final Class<?> mainClass;

  DestinationChoice(String worker, Class<?> mainClass) {
    this.worker = worker;
    this.mainClass = mainClass;
  }

  /** The name under which the control database knows the worker. */
  String worker() {
    return worker;
  }

  Class<?> mainClass() {
    return mainClass;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
