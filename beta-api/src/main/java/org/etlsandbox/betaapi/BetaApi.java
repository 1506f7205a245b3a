package org.etlsandbox.betaapi;

import org.etlsandbox.service.ServiceApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The query API: what a destination holds, over HTTP. */
@SpringBootApplication
public class BetaApi {

  /** The service, ready to run, alone or next to others in one JVM. */
  public static SpringApplicationBuilder application() {
    return ServiceApplication.of(BetaApi.class, "beta-api");
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
