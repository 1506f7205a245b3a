package org.etlsandbox.gamma;

import org.etlsandbox.service.ServiceApplication;
import org.etlsandbox.worker.WorkerApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Copies Jupiter into Venus (SQL Server) and keeps it in step. Another product may stand in for it,
 * and is then called a stand-in.
 */
@WorkerApplication
public class GammaWorker {

  /** The service, ready to run, alone or next to others in one JVM. */
  public static SpringApplicationBuilder application() {
    return ServiceApplication.of(GammaWorker.class, "gamma-worker");
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
