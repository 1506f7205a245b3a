package org.etlsandbox.service;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.etlsandbox.access.EndpointRole;
import org.etlsandbox.access.Role;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service that does little but fail. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class ServiceUnderTest {

  static SpringApplicationBuilder application() {
    return ServiceApplication.of(ServiceUnderTest.class, "service-under-test");
  }

  /** What is declared may be missing; what is not declared is refused before anybody looks. */
  @Bean
  static EndpointRole everything() {
    return EndpointRole.get("/**", Role.READ);
  }

  @GetMapping(path = "/fine", produces = "text/plain")
  String fine() {
    return "fine";
  }

  @GetMapping("/throws")
  String fails() {
    throw new IllegalStateException("secret detail");
  }

  @GetMapping("/sends-error")
  void sendsError(HttpServletResponse response) throws IOException {
    response.sendError(409, "secret detail");
  }

  @GetMapping("/refuses")
  void refuses(String value) {
    throw new InvalidParameterException("value", value, "be small");
  }
}
