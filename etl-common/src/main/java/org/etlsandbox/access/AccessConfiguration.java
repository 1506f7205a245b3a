package org.etlsandbox.access;

import io.github.bucket4j.TimeMeter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.security.AbstractAuthorizationAuditListener;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authorization.event.AuthorizationEvent;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/** Access to a service, put together; the only place that knows all its parts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
@Import({
  TokenRules.class,
  KeySetRequests.class,
  SecurityChains.class,
  OuterFilters.class,
  ProblemRequestId.class
})
public class AccessConfiguration {

  private final AccessProperties access;

  AccessConfiguration(AccessProperties access) {
    this.access = access;
  }

  @Bean
  static RoleHierarchy roleHierarchy() {
    return RoleHierarchyImpl.withRolePrefix(Role.PREFIX)
        .role(Role.ADMIN.claim())
        .implies(Role.OPERATE.claim(), Role.SCRAPE.claim())
        .role(Role.OPERATE.claim())
        .implies(Role.READ.claim())
        .build();
  }

  /**
   * Each request is measured once, as a whole; security would add a dozen meters of its filters.
   */
  @Bean
  static SecurityObservationSettings noMetersOfFilters() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  DeclaredEndpoints declaredEndpoints(ObjectProvider<EndpointRole> endpoints) {
    return new DeclaredEndpoints(endpoints.orderedStream().toList());
  }

  @Bean
  AuditTrail auditTrail(ApplicationEventPublisher publisher) {
    return new AuditTrail(publisher);
  }

  @Bean
  AuditLog auditLog() {
    return new AuditLog();
  }

  @Bean
  AuditEventRepository auditEventRepository() {
    return new InMemoryAuditEventRepository();
  }

  /**
   * {@link Refusals} records them with method, route and address; Boot's would record them again.
   */
  @Bean
  AbstractAuthorizationAuditListener noSecondRecord() {
    return new AbstractAuthorizationAuditListener() {
      @Override
      public void onApplicationEvent(AuthorizationEvent refused) {}
    };
  }

  @Bean
  Refusals refusals(DeclaredEndpoints endpoints, AuditTrail audit) {
    return new Refusals(endpoints, audit);
  }

  @Bean
  TokenCheck tokenCheck(ObjectProvider<JwtDecoder> decoder, JwtAuthenticationConverter converter) {
    return new TokenCheck(decoder.getIfAvailable(), converter, access.scrapeToken());
  }

  @Bean
  RateLimits rateLimits() {
    return new RateLimits(access.requestsPerMinute(), TimeMeter.SYSTEM_MILLISECONDS);
  }
}
