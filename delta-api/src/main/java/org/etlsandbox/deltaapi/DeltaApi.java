package org.etlsandbox.deltaapi;

import org.etlsandbox.access.EndpointRole;
import org.etlsandbox.access.Role;
import org.etlsandbox.api.ApiConfiguration;
import org.etlsandbox.service.ServiceApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The DDL API: how tables are to be created, over HTTP. */
@SpringBootApplication
@Import(ApiConfiguration.class)
public class DeltaApi {

  /** The service, ready to run, alone or next to others in one JVM. */
  public static SpringApplicationBuilder application() {
    return ServiceApplication.of(DeltaApi.class, "delta-api");
  }

  @Bean
  static EndpointRole ddlRole() {
    return EndpointRole.get("/api/v1/ddl/**", Role.READ);
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
