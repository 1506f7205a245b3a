package org.etlsandbox.access;

import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Three ways in: the health probes, open to everybody; the rest of the management port; the
 * service's own paths. Both ports share them: Boot hands the one filter to the management port.
 */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

  /** Nothing that a service answers is to be run, shown or framed by a browser. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Duration PREFLIGHT_REMEMBERED = Duration.ofHours(1);

  private final AccessProperties access;
  private final Refusals refusals;
  private final RateLimits limits;

  SecurityChains(AccessProperties access, Refusals refusals, RateLimits limits) {
    this.access = access;
    this.refusals = refusals;
    this.limits = limits;
  }

  @Bean
  @Order(1)
  SecurityFilterChain probes(HttpSecurity http, WebEndpointProperties endpoints) {
    stateless(http);
    http.securityMatcher(
        new AndRequestMatcher(
            EndpointRequest.to("health"), probePaths(endpoints.getBasePath() + "/health")));
    http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
    return http.build();
  }

  private static RequestMatcher probePaths(String health) {
    var paths = PathPatternRequestMatcher.withDefaults();
    return new OrRequestMatcher(
        paths.matcher(HttpMethod.GET, health + "/liveness"),
        paths.matcher(HttpMethod.GET, health + "/readiness"));
  }

  @Bean
  @Order(2)
  SecurityFilterChain management(HttpSecurity http, TokenCheck tokens, AuditTrail audit) {
    http.securityMatcher(EndpointRequest.toAnyEndpoint());
    withTokens(http, tokens.forManagement());
    http.addFilterAfter(new StateChangeFilter(audit), AuthorizationFilter.class);
    http.authorizeHttpRequests(requests ->
        requests
            .requestMatchers(EndpointRequest.to("health"))
            .hasRole(Role.READ.claim())
            .requestMatchers(EndpointRequest.to("prometheus"))
            .hasRole(Role.SCRAPE.claim())
            .requestMatchers(EndpointRequest.to("loggers"))
            .hasRole(Role.OPERATE.claim())
            .anyRequest()
            .hasRole(Role.ADMIN.claim()));
    return http.build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain service(HttpSecurity http, TokenCheck tokens, DeclaredEndpoints endpoints) {
    withTokens(http, tokens.forService());
    http.authorizeHttpRequests(requests -> {
      // The container's own dispatches; who came so far was let in, or is being told why not
      requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll();
      endpoints
          .all()
          .forEach(endpoint ->
              requests
                  .requestMatchers(DeclaredEndpoints.request(endpoint))
                  .hasRole(endpoint.role().claim()));
      requests.anyRequest().denyAll();
    });
    return http.build();
  }

  private void withTokens(HttpSecurity http, AuthenticationManager tokens) {
    stateless(http);
    // why: not oauth2ResourceServer(), which opens a document about this server to everybody
    var filter = new BearerTokenAuthenticationFilter(tokens);
    filter.setAuthenticationEntryPoint(refusals);
    filter.setAuthenticationFailureHandler(refusals::commence);
    http.addFilter(filter);
    http.addFilterBefore(new SubjectFilter(), AuthorizationFilter.class);
    limits.addTo(http);
    http.exceptionHandling(
        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
  }

  private void stateless(HttpSecurity http) {
    http.sessionManagement(
        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    // why: a browser sends no bearer token by itself, so there is nothing to forge
    http.csrf(AbstractHttpConfigurer::disable);
    http.requestCache(AbstractHttpConfigurer::disable);
    http.logout(AbstractHttpConfigurer::disable);
    http.headers(headers ->
        headers
            .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
            .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)));
    // why: not http.cors(), whose filter refuses in plain text
    http.cors(AbstractHttpConfigurer::disable);
    if (!access.corsOrigins().isEmpty()) {
      CorsFilter origins = new CorsFilter(allowedOrigins());
      origins.setCorsProcessor(new CorsRefusals());
      http.addFilter(origins);
    }
  }

  private UrlBasedCorsConfigurationSource allowedOrigins() {
    CorsConfiguration allowed = new CorsConfiguration();
    allowed.setAllowedOrigins(access.corsOrigins());
    allowed.setAllowedMethods(List.of("GET", "HEAD", "POST"));
    allowed.setAllowedHeaders(
        List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.ACCEPT,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_NONE_MATCH,
            RequestId.HEADER));
    allowed.setExposedHeaders(
        List.of(
            HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.ETAG,
            HttpHeaders.LINK,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE,
            RequestId.HEADER));
    allowed.setMaxAge(PREFLIGHT_REMEMBERED);
    var everywhere = new UrlBasedCorsConfigurationSource();
    everywhere.registerCorsConfiguration("/**", allowed);
    return everywhere;
  }
}
