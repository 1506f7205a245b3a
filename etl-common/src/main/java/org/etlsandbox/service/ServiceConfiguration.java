package org.etlsandbox.service;

import java.util.Map;
import org.apache.catalina.core.StandardHost;
import org.etlsandbox.access.AccessConfiguration;
import org.etlsandbox.trace.TracingConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TlsProperties.class)
@Import({
  AccessConfiguration.class,
  TracingConfiguration.class,
  ProblemHandler.class,
  ProblemErrorController.class
})
class ServiceConfiguration {

  @Bean
  DependencyMeters dependencyMeters(Map<String, PeriodicHealth> checks) {
    return new DependencyMeters(checks);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
    return tomcat ->
        tomcat.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemReportValve.class.getName());
          }
        });
  }
}
