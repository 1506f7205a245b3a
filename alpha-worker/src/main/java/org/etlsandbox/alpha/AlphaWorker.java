package org.etlsandbox.alpha;

import org.etlsandbox.service.ServiceApplication;
import org.etlsandbox.worker.WorkerApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Copies Jupiter into Mars (SQL Server) and keeps it in step. Another product may stand in for it,
 * and is then called a stand-in.
 */
@WorkerApplication
public class AlphaWorker {

  /** The service, ready to run, alone or next to others in one JVM. */
  public static SpringApplicationBuilder application() {
    return ServiceApplication.of(AlphaWorker.class, "alpha-worker");
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
