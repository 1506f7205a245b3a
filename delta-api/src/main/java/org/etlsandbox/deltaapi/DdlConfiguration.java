package org.etlsandbox.deltaapi;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DdlProperties.class)
class DdlConfiguration {

  @Bean
  Sources sources(DdlProperties properties) {
    return new Sources(properties);
  }
}
