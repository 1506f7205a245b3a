package org.etlsandbox.delta;

import org.etlsandbox.service.ServiceApplication;
import org.etlsandbox.worker.WorkerApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Copies Jupiter into ClickHouse (ClickHouse) and keeps it in step. */
@WorkerApplication
public class DeltaWorker {

  /** The service, ready to run, alone or next to others in one JVM. */
  public static SpringApplicationBuilder application() {
    return ServiceApplication.of(DeltaWorker.class, "delta-worker");
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
