package org.etlsandbox.api;

import org.etlsandbox.service.KnownParameters;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** To be imported by an API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
@Import(OpenApiConfiguration.class)
public class ApiConfiguration {

  @Bean
  WebMvcConfigurer onlyKnownParameters() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters());
      }
    };
  }

  @Bean
  VersionHeaders versionHeaders(ApiProperties properties) {
    return new VersionHeaders(properties);
  }
}
