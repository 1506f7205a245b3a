package org.etlsandbox.soak.stage;

import java.util.Locale;
import org.etlsandbox.alpha.AlphaWorker;
import org.etlsandbox.beta.BetaWorker;
import org.etlsandbox.delta.DeltaWorker;
import org.etlsandbox.gamma.GammaWorker;

/** A destination and the worker that keeps it in step. */
public enum DestinationChoice {
  MARS("alpha-worker", AlphaWorker.class, "Pacific/Kiritimati"),
  NEPTUNE("beta-worker", BetaWorker.class, "America/St_Johns"),
  VENUS("gamma-worker", GammaWorker.class, "Europe/Berlin"),
  CLICKHOUSE("delta-worker", DeltaWorker.class, "Pacific/Pago_Pago");

  private final String worker;
  private final Class<?> mainClass;
  private final String zone;

  DestinationChoice(String worker, Class<?> mainClass, String zone) {
    this.worker = worker;
    this.mainClass = mainClass;
    this.zone = zone;
  }

  /** The name under which the control database knows the worker. */
  public String worker() {
    return worker;
  }

  public Class<?> mainClass() {
    return mainClass;
  }

  /** The time zone of the worker's JVM: each another one, none of them Jupiter's. */
  public String zone() {
    return zone;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
