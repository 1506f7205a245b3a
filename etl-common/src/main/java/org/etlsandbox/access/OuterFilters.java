package org.etlsandbox.access;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What stands before security. Each of the two ports needs its own: a filter serves one server. */
@Configuration(proxyBeanMethods = false)
class OuterFilters {

  @Bean
  FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
    return first(new FilterRegistrationBean<>(new RequestIdFilter()), 0);
  }

  @Bean
  FilterRegistrationBean<AccessLogFilter> accessLogFilter() {
    // Behind Spring's observation of requests, so that the line knows the trace
    return first(new FilterRegistrationBean<>(new AccessLogFilter()), 2);
  }

  private static <T extends FilterRegistrationBean<?>> T first(T registration, int place) {
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
    return registration;
  }
}
