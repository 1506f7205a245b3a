package org.etlsandbox.deltaapi;

import org.etlsandbox.connection.StatementWatch;
import org.etlsandbox.service.TlsProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DdlProperties.class)
class DdlConfiguration {

  @Bean
  Sources sources(
      DdlProperties properties, TlsProperties tls, ObjectProvider<StatementWatch> watch) {
    return new Sources(properties, tls, watch.getIfAvailable());
  }
}
