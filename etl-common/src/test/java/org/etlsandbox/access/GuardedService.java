package org.etlsandbox.access;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.etlsandbox.service.ServiceApplication;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A service whose paths need different roles. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class GuardedService {

  private final ApplicationEventPublisher publisher;

  GuardedService(ApplicationEventPublisher publisher) {
    this.publisher = publisher;
  }

  static SpringApplicationBuilder application() {
    return ServiceApplication.of(GuardedService.class, "guarded-service");
  }

  @Bean
  static EndpointRole readable() {
    return EndpointRole.get("/read/**", Role.READ);
  }

  @Bean
  static EndpointRole operable() {
    return new EndpointRole(HttpMethod.POST, "/operate", Role.OPERATE);
  }

  @GetMapping("/read/{id}")
  String read(@PathVariable String id) {
    return id;
  }

  @GetMapping("/read/fails")
  String fails() {
    throw new IllegalStateException("secret detail");
  }

  @GetMapping("/read/kept")
  ResponseEntity<String> kept() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache().cachePrivate())
        .eTag("1")
        .body("kept");
  }

  @GetMapping("/read/stream")
  StreamingResponseBody stream() {
    return out -> out.write("streamed".getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping("/operate")
  void operate(Principal caller) {
    publisher.publishEvent(new AuditApplicationEvent(caller.getName(), "OPERATED", "rows=5"));
  }

  /** Declared by nobody. */
  @GetMapping("/forgotten")
  String forgotten() {
    return "forgotten";
  }
}
