package org.etlsandbox.betaapi;

import org.etlsandbox.access.EndpointRole;
import org.etlsandbox.access.Role;
import org.etlsandbox.api.ApiConfiguration;
import org.etlsandbox.service.ServiceApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The query API: what a destination holds, over HTTP. */
@SpringBootApplication
@Import(ApiConfiguration.class)
public class BetaApi {

  /** The service, ready to run, alone or next to others in one JVM. */
  public static SpringApplicationBuilder application() {
    return ServiceApplication.of(BetaApi.class, "beta-api");
  }

  @Bean
  static EndpointRole flatsRole() {
    return EndpointRole.get("/api/v1/customer-order-flats/**", Role.READ);
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
