package org.etlsandbox.beta;

import org.etlsandbox.service.ServiceApplication;
import org.etlsandbox.worker.WorkerApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Copies Jupiter into Neptune (PostgreSQL) and keeps it in step. */
@WorkerApplication
public class BetaWorker {

  /** The service, ready to run, alone or next to others in one JVM. */
  public static SpringApplicationBuilder application() {
    return ServiceApplication.of(BetaWorker.class, "beta-worker");
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
